"""How much work a login does, and how often one may try."""

import asyncio
import secrets
from collections.abc import AsyncIterator

import httpx
import pytest

from services.auth.members.hashing import PasswordHasher
from tests.house import House, running_house


class CountingHasher(PasswordHasher):
    """The real hasher, and a count of what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.hashed = self.verified = 0

    async def hash(self, password: str) -> str:
        self.hashed += 1
        return await super().hash(password)

    async def verify(self, password_hash: str | None, password: str) -> bool:
        self.verified += 1
        return await super().verify(password_hash, password)


@pytest.fixture(scope="module")
def hasher() -> CountingHasher:
    return CountingHasher()


@pytest.fixture(scope="module")
async def watched(variables: dict[str, str], hasher: CountingHasher) -> AsyncIterator[House]:
    """auth alone, with a hasher that counts."""
    async with running_house(variables, ("auth",), overrides={"auth": {"hasher": hasher}}) as house:
        yield house


async def log_in(house: House, email: str, password: str, address: str) -> httpx.Response:
    caller = {"X-Forwarded-For": address}
    return await house.gateway.post("/api/auth/login", json={"email": email, "password": password}, headers=caller)


async def test_an_unknown_address_costs_one_verification_like_a_wrong_password(
    watched: House, hasher: CountingHasher
) -> None:
    agency = await watched.agency()
    before = hasher.verified
    assert (await log_in(watched, agency.email, "wrong password here", "203.0.113.1")).status_code == 401
    assert hasher.verified == before + 1
    assert (await log_in(watched, "nobody@agency.test", "wrong password here", "203.0.113.1")).status_code == 401
    assert hasher.verified == before + 2


async def test_a_taken_address_costs_one_hash_like_a_free_one(watched: House, hasher: CountingHasher) -> None:
    agency = await watched.agency()
    before = hasher.hashed
    body = {"name": "A", "email": agency.email, "password": "a quiet place by the sea", "agencyName": "B"}
    assert (await watched.gateway.post("/api/auth/register", json=body)).status_code == 409
    assert hasher.hashed == before + 1


@pytest.mark.parametrize("known", [True, False])
async def test_the_eleventh_try_on_an_account_is_refused_before_any_work(
    watched: House, hasher: CountingHasher, known: bool
) -> None:
    email = (await watched.agency()).email if known else f"nobody-{secrets.token_hex(4)}@agency.test"
    for number in range(10):
        answer = await log_in(watched, email.upper() if number % 2 else email, "wrong password", f"203.0.113.{number}")
        assert answer.status_code == 401
    before = hasher.verified
    refused = await log_in(watched, email, "wrong password", "203.0.113.99")
    assert refused.status_code == 429
    assert refused.json()["code"] == "rate_limited"
    assert 0 < int(refused.headers["retry-after"]) <= 900
    assert {"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"} <= set(refused.headers)
    assert hasher.verified == before


async def test_the_hundred_and_first_try_from_an_address_is_refused_whatever_it_claims(watched: House) -> None:
    codes = []
    for number in range(101):
        email = f"nobody-{secrets.token_hex(6)}@agency.test"
        # The last hop is what our own proxy saw; what stands before it was sent by the caller.
        answer = await log_in(watched, email, "wrong password", f"192.0.2.{number}, 198.51.100.7")
        codes.append(answer.status_code)
    assert codes == [401] * 100 + [429]
    elsewhere = await log_in(watched, "nobody@else.test", "wrong password", "198.51.100.8")
    assert elsewhere.status_code == 401


class GatedHasher(PasswordHasher):
    """Holds every verification until the gate opens."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.waiting = 0

    async def verify(self, password_hash: str | None, password: str) -> bool:
        self.waiting += 1
        await self.gate.wait()
        return await super().verify(password_hash, password)


async def test_logins_that_wait_keep_nobody_from_the_database(variables: dict[str, str]) -> None:
    hasher = GatedHasher()
    async with running_house(variables, ("auth",), overrides={"auth": {"hasher": hasher}}) as house:
        agencies = await asyncio.gather(*(house.agency() for _ in range(3)))
        flood = [
            asyncio.create_task(log_in(house, agency.email, agency.password, "203.0.113.1")) for agency in agencies * 8
        ]

        async def all_wait() -> bool:
            return hasher.waiting == len(flood)

        await house.eventually(all_wait)
        assert len(flood) > house.chassis("auth").settings.unit_pool_size
        me = await asyncio.wait_for(agencies[0].http.get("/api/auth/me"), 4)
        assert me.status_code == 200
        hasher.gate.set()
        assert {answer.status_code for answer in await asyncio.gather(*flood)} == {200}
