"""Every id that an operation takes: what belongs to another answers like what is not there, and shows nowhere."""

from uuid import uuid4

import asyncpg
import pytest

from tests.house import SERVICES, House
from tests.trust.callers import CLIENTS, STAFF, find_caller
from tests.trust.calling import Caller, ask, body_ids, listed, named_ids, same, with_random
from tests.trust.document import Operation, operations
from tests.trust.grounds import Grounds
from tests.trust.plant import Plant
from tests.trust.verdicts import refusal_of

PROTECTED = [operation for operation in operations() if not operation.public]
FILTERS = {
    "clientId": "client_id",
    "projectId": "project_id",
    "memberId": "member_id",
    "invoiceId": "invoice_id",
    "paymentId": "payment_id",
    "endpointId": "endpoint_id",
    "companyId": "company_id",
    "formId": "form_id",
    "contact_id": "client_id",
    "company_id": "company_id",
    "lastEventId": "event_id",
}


def foreigners(grounds: Grounds, name: str) -> tuple[Caller, list[Plant]]:
    """A caller of that sort, and those whose nouns are not its own."""
    if name in STAFF:
        return find_caller(grounds.theirs, name), [grounds.ours]
    return find_caller(grounds.neighbour, name), [grounds.ours, grounds.theirs]


def let_in(caller: Caller) -> list[Operation]:
    """The operations that are open to that sort of credential."""
    return [one for one in PROTECTED if caller.may_ask(one) and refusal_of(one, caller) is None]


def test_one_of_every_noun_that_a_path_names_is_planted(grounds: Grounds) -> None:
    named = {name for operation in PROTECTED for name in named_ids(operation)}
    assert named - set(grounds.ours.ids) == set()


@pytest.mark.parametrize("name", STAFF + CLIENTS)
async def test_a_foreign_id_in_the_path_answers_like_a_random_one(grounds: Grounds, name: str) -> None:
    caller, owners = foreigners(grounds, name)
    wrong = []
    for operation in let_in(caller):
        names = named_ids(operation)
        if not names:
            continue
        unknown = await ask(grounds.house, operation, caller, ids=with_random(caller.ids, names))
        for owner in owners:
            foreign = with_random(caller.ids, names) | {one: owner.ids[one] for one in names if one in owner.ids}
            refused = await ask(grounds.house, operation, caller, ids=foreign)
            if refused.status_code != 404 or not same(refused, unknown) or owner.canary in refused.text:
                wrong.append((str(operation), refused.status_code, refused.text, unknown.text))
    assert wrong == [], listed(wrong)


@pytest.mark.parametrize("name", STAFF + CLIENTS)
async def test_a_foreign_id_in_the_body_answers_like_a_random_one(grounds: Grounds, name: str) -> None:
    caller, owners = foreigners(grounds, name)
    wrong = []
    for operation in let_in(caller):
        names = body_ids(operation)
        if not names:
            continue
        unknown = await ask(grounds.house, operation, caller, ids=with_random(caller.ids, names))
        for owner in owners:
            refused = await ask(
                grounds.house, operation, caller, ids=caller.ids | {one: owner.ids[one] for one in names}
            )
            if refused.status_code not in (400, 404) or not same(refused, unknown):
                wrong.append((str(operation), refused.status_code, refused.text, unknown.text))
    assert wrong == [], listed(wrong)


@pytest.mark.parametrize("name", STAFF + CLIENTS)
async def test_a_list_filtered_by_a_foreign_id_shows_nothing_of_it(grounds: Grounds, name: str) -> None:
    caller, owners = foreigners(grounds, name)
    wrong = []
    for operation in let_in(caller):
        filters = [one for one in operation.parameters("query") if one.endswith(("Id", "_id"))]
        for one in filters if operation.method == "GET" else []:
            unknown = await ask(grounds.house, operation, caller, query={one: str(uuid4())})
            for owner in owners:
                answer = await ask(grounds.house, operation, caller, query={one: owner.ids[FILTERS[one]]})
                if not same(answer, unknown) or owner.canary in answer.text:
                    wrong.append((str(operation), one, answer.text, unknown.text))
    assert wrong == [], listed(wrong)


@pytest.mark.parametrize("name", STAFF + CLIENTS)
async def test_no_canary_of_another_shows_in_any_answer(grounds: Grounds, name: str) -> None:
    caller, owners = foreigners(grounds, name)
    shown = []
    for operation in let_in(caller):
        if operation.method == "GET":
            query = operation.needed_query(caller.ids)
            for more in ({}, {"q": "CANARY"}) if "q" in operation.parameters("query") else ({},):
                answer = await ask(grounds.house, operation, caller, query=query | more)
                # The agency's own name is for its clients to see.
                text = answer.text.replace(f"Agency {caller_agency(grounds, name).canary}", "")
                text = text.replace(caller_agency(grounds, name).agency.slug, "")
                shown += [(str(operation), more, answer.text) for owner in owners if owner.canary in text]
    assert shown == [], listed(shown)


def caller_agency(grounds: Grounds, name: str) -> Plant:
    """Whose agency a caller of that sort belongs to."""
    return grounds.theirs if name in STAFF else grounds.ours


async def test_no_canary_is_in_another_agencys_events_or_mails(grounds: Grounds, house: House, postgres: str) -> None:
    ours, theirs = grounds.ours, grounds.theirs
    own = 0
    for service in SERVICES:
        connection = await asyncpg.connect(f"{postgres.rsplit('/', 1)[0]}/portico_{service}")
        try:
            own += await events_with(connection, ours.agency.id, ours.canary)
            assert await events_with(connection, ours.agency.id, theirs.canary) == 0, service
            assert await events_with(connection, theirs.agency.id, ours.canary) == 0, service
        finally:
            await connection.close()
    assert own > 0
    for mine, others in ((ours, theirs), (theirs, ours), (grounds.neighbour, ours)):
        mails = await house.mails(mine.client.email)
        assert mails != []
        assert [mail["subject"] for mail in mails if f"Client {others.canary}" in str(mail)] == []


async def events_with(connection: asyncpg.Connection, agency_id: str, text: str) -> int:
    """How many events of an agency hold a text."""
    query = "SELECT count(*) FROM outbox WHERE agency_id = $1 AND position($2::bytea IN envelope) > 0"
    return int(await connection.fetchval(query, agency_id, text.encode()))
