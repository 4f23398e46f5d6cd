"""What an agency switches off in its portal is off for its clients at every door, and for nobody else."""

from collections.abc import AsyncIterator

import pytest

from services.portal.portal_settings.models import Module
from services.portal.snapshots.models import MODULE_OF
from tests.trust.callers import client_callers, staff_callers
from tests.trust.calling import ask, code_of, listed, named_ids, with_random
from tests.trust.document import Operation, operations
from tests.trust.grounds import Grounds

OF_CLIENTS = [operation for operation in operations() if operation.takes_clients]
CONFIG = "/api/v1/client-portal/config"
OFF = "403 module_off"
SIGNED_IN = "who is signed in, whatever is switched on"
PROFILE = "the client's own details"
WALLET = "the client's own wallet and device"
# Operations that clients may call though they are no part that an agency could switch off.
OF_NO_MODULE = {
    "GET /api/portal": "the whole portal; sections that are off are empty in it",
    "GET /api/portal/events": "all parts; it is silent about those that are off",
    "GET /api/notification-preferences": "which mails one gets, of all parts",
    "PUT /api/notification-preferences": "which mails one gets, of all parts",
    "GET /api/search": "all parts; nothing is found in those that are off",
    "POST /api/portal/opened": "tells that a person opened the portal",
    "GET /api/v1/portal/me": PROFILE,
    "GET /api/v1/portal/client": PROFILE,
    "PATCH /api/v1/portal/client": PROFILE,
    "POST /api/v1/portal/client/avatar": PROFILE,
    "GET /api/v1/portal/blobs/{blob_id}": PROFILE,
    "GET /api/v1/portal/dashboard/stats": "figures of all parts; those of parts that are off are 0",
    "GET /api/v1/portal/scopes": "tells what is switched on",
    "POST /api/v1/portal/auth/logout": SIGNED_IN,
    "GET /api/v1/portal/auth/sessions": SIGNED_IN,
    "DELETE /api/v1/portal/auth/sessions/{session_id}": SIGNED_IN,
    "GET /api/v1/clients/me/wallet/challenge": WALLET,
    "POST /api/v1/clients/me/wallet": WALLET,
    "PATCH /api/v1/clients/me/signing-share-pairs": WALLET,
    "PATCH /api/v1/clients/me/backup-share-pairs": WALLET,
}
# What stands in a snapshot's sections for what the plants hold.
PLANTED = ("projects", "files", "invoices", "creditNotes", "quotes", "contracts", "threads", "timeEntries", "updates")


def module_of(operation: Operation) -> str | None:
    return operation.body.get("x-portal-module")


MODULES = sorted({module for operation in OF_CLIENTS if (module := module_of(operation))})


async def switch(grounds: Grounds, modules: list[Module]) -> None:
    # A key of its own: all tests together switch more often than one credential may.
    machine = await grounds.ours.agency.api_key("write")
    answer = await machine.patch(CONFIG, json={"enabled_modules": modules})
    assert answer.status_code == 200, answer.text


@pytest.fixture(params=MODULES)
async def off(request: pytest.FixtureRequest, grounds: Grounds) -> AsyncIterator[str]:
    """A module that the agency has switched off, and that every service has heard of."""
    module = str(request.param)
    await switch(grounds, [one for one in Module if one != module])
    await grounds.house.eventually(lambda: all_answer(grounds, module, is_off=True))
    yield module
    await switch(grounds, list(Module))
    await grounds.house.eventually(lambda: all_answer(grounds, module, is_off=False))


async def all_answer(grounds: Grounds, module: str, *, is_off: bool) -> bool:
    reads = [operation for operation in OF_CLIENTS if module_of(operation) == module and operation.method == "GET"]
    answers = [
        await ask(grounds.house, operation, caller, query=query_of(operation, caller.ids))
        for operation in reads
        for caller in client_callers(grounds.ours)
        if caller.may_ask(operation)
    ]
    return all(answer.status_code == (403 if is_off else 200) for answer in answers)


def query_of(operation: Operation, ids: dict[str, str]) -> dict[str, str]:
    """The query that a reading needs, and a search where it takes one."""
    return operation.needed_query(ids) | ({"q": "a"} if "q" in operation.parameters("query") else {})


def test_every_operation_of_clients_belongs_to_a_module_or_says_why_not() -> None:
    assert {str(operation) for operation in OF_CLIENTS if module_of(operation) is None} == set(OF_NO_MODULE)
    assert set(MODULES) <= set(Module)


def test_no_operation_of_the_agency_alone_depends_on_a_module() -> None:
    assert [str(operation) for operation in operations() if module_of(operation) and not operation.takes_clients] == []


async def test_what_is_off_refuses_clients_by_every_credential_and_every_id(grounds: Grounds, off: str) -> None:
    wrong = []
    for operation in [operation for operation in OF_CLIENTS if module_of(operation) == off]:
        for caller in client_callers(grounds.ours):
            if not caller.may_ask(operation):
                continue
            for ids in (caller.ids, grounds.theirs.ids, with_random(caller.ids, named_ids(operation))):
                answer = await ask(grounds.house, operation, caller, ids=ids, query=query_of(operation, ids))
                if code_of(answer) != OFF or "CANARY" in answer.text:
                    wrong.append((str(operation), caller.name, answer.status_code, answer.text))
    assert wrong == [], listed(wrong)


async def test_what_is_off_leaves_no_trace_of_what_clients_tried(grounds: Grounds, off: str) -> None:
    before = await shown_to_staff(grounds)
    for operation in [operation for operation in OF_CLIENTS if module_of(operation) == off]:
        for caller in client_callers(grounds.ours):
            if caller.may_ask(operation) and operation.method != "GET":
                await ask(grounds.house, operation, caller)
    assert await shown_to_staff(grounds) == before


async def shown_to_staff(grounds: Grounds) -> list[str]:
    """Every list and noun of the agency that clients could have changed."""
    [owner] = [caller for caller in staff_callers(grounds.ours) if caller.name == "staff token"]
    reads = [operation for operation in OF_CLIENTS if operation.takes_staff and operation.method == "GET"]
    return [
        (await ask(grounds.house, operation, owner, query=query_of(operation, owner.ids))).text for operation in reads
    ]


async def test_what_is_off_is_on_for_the_agency_and_for_other_agencies(grounds: Grounds, off: str) -> None:
    reads = [operation for operation in OF_CLIENTS if module_of(operation) == off and operation.method == "GET"]
    callers = [caller for caller in staff_callers(grounds.ours) if caller.name in ("staff token", "API key: read")]
    refused = [
        (str(operation), caller.name, answer.text)
        for operation in reads
        for caller in (callers if operation.takes_staff else []) + client_callers(grounds.theirs)
        if caller.may_ask(operation)
        if (answer := await ask(grounds.house, operation, caller, query=query_of(operation, caller.ids))).status_code
        != 200
    ]
    assert refused == [], listed(refused)


async def test_the_other_modules_stay_on(grounds: Grounds, off: str) -> None:
    refused = [
        (str(operation), caller.name, answer.text)
        for operation in OF_CLIENTS
        if operation.method == "GET" and module_of(operation) not in (off, None)
        for caller in client_callers(grounds.ours)
        if caller.may_ask(operation)
        if (answer := await ask(grounds.house, operation, caller, query=query_of(operation, caller.ids))).status_code
        != 200
    ]
    assert refused == [], listed(refused)


async def test_the_snapshot_has_empty_sections_for_what_is_off(grounds: Grounds, off: str) -> None:
    for caller in client_callers(grounds.ours):
        if caller.token_in_body:
            continue
        answer = await grounds.house.gateway.get("/api/portal", headers=caller.headers, params=caller.query)
        snapshot = answer.json()
        assert {section: bool(snapshot[section]) for section in PLANTED} == {
            section: MODULE_OF[section] != off for section in PLANTED
        }, caller.name
        assert snapshot["unavailable"] == []


async def test_figures_of_what_is_off_are_nothing(grounds: Grounds, off: str) -> None:
    for caller in client_callers(grounds.ours):
        if caller.token_in_body:
            continue
        door = {"headers": caller.headers, "params": caller.query}
        stats = (await grounds.house.gateway.get("/api/v1/portal/dashboard/stats", **door)).json()
        scopes = (await grounds.house.gateway.get("/api/v1/portal/scopes", **door)).json()
        assert (stats["openOrders"] > 0) is (off != "projects"), caller.name
        assert any(one["unpaidInvoices"] for one in stats["byCurrency"]) is (off != "invoices"), caller.name
        assert scopes["support"] is (off != "messages"), caller.name
