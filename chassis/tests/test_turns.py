"""Turns: one at a time for one name, and each knows whether it met another."""

import asyncio

import pytest

from chassis.http.turns import Crowded, KeyLocks, RequestInFlight


async def test_one_is_in_at_a_time_and_others_are_let_in_in_turn() -> None:
    locks, inside, order = KeyLocks(), 0, []

    async def request(number: int) -> None:
        nonlocal inside
        leave = await locks.get("a").enter()
        inside += 1
        assert inside == 1
        await asyncio.sleep(0)
        order.append(number)
        inside -= 1
        leave()

    await asyncio.gather(*(request(number) for number in range(20)))
    assert order == list(range(20))


async def test_names_do_not_wait_for_each_other() -> None:
    locks = KeyLocks()
    leave = await locks.get("a").enter()
    await asyncio.wait_for((await other_enters(locks, "b")), 1)
    leave()


async def other_enters(locks: KeyLocks, name: str) -> "asyncio.Task[None]":
    async def enter_and_leave() -> None:
        (await locks.get(name).enter())()

    return asyncio.create_task(enter_and_leave())


async def test_it_is_busy_while_somebody_is_in_waits_or_attends() -> None:
    locks = KeyLocks()
    turn = locks.get("a")
    assert not turn.is_busy
    leave = await turn.enter()
    waiting = await other_enters(locks, "a")
    await asyncio.sleep(0)
    leave()
    assert turn.is_busy, "the next one is about to enter"
    await waiting
    assert not turn.is_busy
    quit = turn.attend()
    assert locks.get("a").is_busy
    await asyncio.wait_for(await other_enters(locks, "a"), 1)
    quit()
    assert not turn.is_busy


async def test_whoever_gives_up_waiting_leaves_nothing_behind() -> None:
    locks = KeyLocks()
    turn = locks.get("a")
    leave = await turn.enter()
    with pytest.raises(RequestInFlight):
        await turn.enter(wait_s=0.01)
    with pytest.raises(Crowded):
        await turn.enter(wait_s=0.01, refusal=Crowded)
    cancelled = await other_enters(locks, "a")
    await asyncio.sleep(0)
    cancelled.cancel()
    await asyncio.gather(cancelled, return_exceptions=True)
    leave()
    assert not turn.is_busy
    await asyncio.wait_for(await other_enters(locks, "a"), 1)
