"""gRPC of portal tokens and mail links: get or make one, end it, and make the address that a mail carries."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import grpc
import pytest
from portico.auth.v1 import directory_pb2, directory_pb2_grpc, portal_access_pb2, portal_access_pb2_grpc
from sqlalchemy import text

from chassis.errors import Conflict, Invalid, NotFound
from services.auth.tests.announced import announced
from services.auth.tests.portal_access import CLIENT, COMPANY, PERFORMER, ask, issue, mail_link, revoke
from services.auth.tests.test_companies import company, member
from tests.house import ORIGIN, Agency, House

PORTAL_TOKEN = portal_access_pb2.MAIL_LINK_KIND_PORTAL_TOKEN
TOKEN_KEYS = {"id", "type", "contactId", "companyId", "expiresAt", "createdAt"}


def end(answer: Any) -> datetime:
    return answer.expires_at.ToDatetime(tzinfo=UTC)


async def test_the_live_token_of_a_client_is_given_out_again(house: House) -> None:
    agency = await house.agency()
    client = await agency.client(name="Mira")
    given = await issue(house, agency, CLIENT, client.id, days=5)
    assert (given.token, given.created) == (client.token, False)
    assert given.url == f"{ORIGIN}/client-portal/{client.token}"
    assert (given.holder_id, given.holder_number, given.holder_name) == (client.id, 1, "Mira")
    assert [(one.client_id, one.name, one.email) for one in given.recipients] == [(client.id, "Mira", client.email)]
    assert end(given) > house.clock() + timedelta(days=29), "it keeps the end that it was made with"


async def test_a_token_that_has_to_be_made_lives_as_long_as_was_asked(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    given = await issue(house, agency, COMPANY, made["id"], days=5)
    assert given.created
    assert abs(end(given) - house.clock() - timedelta(days=5)) < timedelta(minutes=1)
    again = await issue(house, agency, COMPANY, made["id"], days=90)
    assert (again.token, again.created, end(again)) == (given.token, False, end(given))


async def test_a_holder_is_named_by_number_as_well(house: House) -> None:
    agency = await house.agency()
    made, client = await company(agency, "Okafor Ceramics"), await agency.client()
    by_number = await issue(house, agency, CLIENT, client.body["number"])
    assert by_number.token == client.token
    of_company = await issue(house, agency, COMPANY, made["number"])
    assert (of_company.holder_id, of_company.holder_number, of_company.holder_name) == (
        made["id"],
        1,
        "Okafor Ceramics",
    )
    assert (await issue(house, agency, COMPANY, made["id"])).token == of_company.token


async def test_those_who_can_be_written_to_are_named_oldest_first(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    ada = await member(agency, made["id"], name="Ada", email="ada@client.test")
    mute = await member(agency, made["id"], name="Mute")
    ben = await member(agency, made["id"], name="Ben", email="ben@client.test")
    await agency.client()
    given = await issue(house, agency, COMPANY, made["id"])
    assert [(one.client_id, one.name, one.email) for one in given.recipients] == [
        (ada["id"], "Ada", "ada@client.test"),
        (ben["id"], "Ben", "ben@client.test"),
    ]
    assert list((await issue(house, agency, CLIENT, mute["id"])).recipients) == []


async def test_a_token_to_be_mailed_is_made_only_where_somebody_has_an_address(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    mute = await member(agency, made["id"])
    await revoke(house, agency, CLIENT, mute["id"])
    for kind, holder in ((CLIENT, mute["id"]), (COMPANY, made["id"])):
        with pytest.raises(Conflict):
            await issue(house, agency, kind, holder, reachable_only=True)
    assert len(await announced(house, agency, "auth.portal_token.created")) == 1, "the one of the contact's creation"
    await member(agency, made["id"], email="ada@client.test")
    assert (await issue(house, agency, COMPANY, made["id"], reachable_only=True)).created


@pytest.mark.parametrize("kind", [CLIENT, COMPANY], ids=["client", "company"])
async def test_of_concurrent_calls_one_makes_the_token(house: House, kind: int) -> None:
    agency = await house.agency()
    made = await company(agency)
    holder = made["id"] if kind == COMPANY else (await member(agency, made["id"]))["id"]
    await revoke(house, agency, kind, holder)
    before = len(await announced(house, agency, "auth.portal_token.created"))
    given = await asyncio.gather(*(issue(house, agency, kind, holder) for _ in range(20)))
    assert len({one.token for one in given}) == 1
    assert sum(one.created for one in given) == 1
    assert len(await announced(house, agency, "auth.portal_token.created")) == before + 1


async def test_a_token_is_announced_once_and_without_itself(house: House) -> None:
    agency = await house.agency()
    client, made = await agency.client(), await company(agency)
    given = await issue(house, agency, COMPANY, made["id"])
    await issue(house, agency, COMPANY, made["id"])
    of_client, of_company = await announced(house, agency, "auth.portal_token.created")
    assert set(of_client.data) == set(of_company.data) == TOKEN_KEYS
    assert (of_client.data["type"], of_client.data["contactId"], of_client.data["companyId"]) == (
        "contact",
        client.id,
        None,
    )
    assert (of_company.data["type"], of_company.data["contactId"], of_company.data["companyId"]) == (
        "company",
        None,
        made["id"],
    )
    assert str(of_company.aggregate_id) == of_company.data["id"] == given.token_id
    assert (of_company.actor.name, str(of_company.actor.id)) == (PERFORMER.name, PERFORMER.id)
    for secret in (client.token, given.token):
        assert secret.split(".")[1] not in str(of_client) + str(of_company)


async def test_a_token_and_its_address_are_stored_nowhere(house: House) -> None:
    agency = await house.agency()
    given = await issue(house, agency, COMPANY, (await company(agency))["id"])
    async with house.database("auth").unit(UUID(agency.id)) as session:
        rows = await session.scalars(text("SELECT t::text FROM portal_tokens t"))
        envelopes = await session.scalars(text("SELECT convert_from(envelope, 'LATIN1') FROM outbox"))
        stored = "\n".join([*rows, *envelopes])
    assert given.token_id in stored, "what is read is what was written"
    assert given.token.split(".")[1] not in stored


async def test_the_token_after_an_end_is_another_one(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    assert (await revoke(house, agency, CLIENT, client.body["number"])).revoked == 1
    given = await issue(house, agency, CLIENT, client.id)
    assert given.created
    assert given.token != client.token
    assert (await agency.http.get(f"/api/clients/{client.id}")).json()["token"] == given.token


async def test_an_end_is_told_once(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    answers = await asyncio.gather(*(revoke(house, agency, CLIENT, client.id) for _ in range(6)))
    assert sorted(answer.revoked for answer in answers) == [0, 0, 0, 0, 0, 1]
    assert {answer.holder_id for answer in answers} == {client.id}
    told = await announced(house, agency, "auth.credential.revoked")
    assert [event.internal for event in told] == [{"credentialId": str(UUID(client.token[:32]))}]


async def test_the_end_of_a_companys_token_leaves_its_clients_tokens_alone(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    client = await member(agency, made["id"])
    await issue(house, agency, COMPANY, made["id"])
    assert (await revoke(house, agency, COMPANY, made["id"])).revoked == 1
    assert (await agency.http.get(f"/api/clients/{client['id']}")).json()["token"] == client["token"]


async def test_a_token_that_ran_out_is_followed_by_another(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    first = await issue(house, agency, COMPANY, made["id"], days=2)
    house.clock.advance(days=2, seconds=-2)
    assert (await issue(house, agency, COMPANY, made["id"])).token == first.token
    house.clock.advance(seconds=2)
    second = await issue(house, agency, COMPANY, made["id"])
    assert second.created
    assert second.token != first.token


@pytest.mark.parametrize("kind", [CLIENT, COMPANY], ids=["client", "company"])
async def test_another_agencys_holder_is_not_found_like_a_random_one(house: House, kind: int) -> None:
    ours, theirs = await house.agency(), await house.agency()
    made = await company(theirs)
    foreign = made["id"] if kind == COMPANY else (await member(theirs, made["id"]))["id"]
    for reference in (foreign, uuid4(), 1, 0, 2**31, 10**30):
        with pytest.raises(NotFound):
            await issue(house, ours, kind, reference)
        with pytest.raises(NotFound):
            await revoke(house, ours, kind, reference)


async def test_a_client_is_no_company_and_a_company_no_client(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    client = await member(agency, made["id"])
    for kind, reference in ((COMPANY, client["id"]), (CLIENT, made["id"])):
        with pytest.raises(NotFound):
            await issue(house, agency, kind, reference)


@pytest.mark.parametrize("reference", ["", "x", "-1", "1.5", "٣", "no-uuid"])
async def test_a_malformed_reference_is_the_askers_fault(house: House, reference: str) -> None:
    with pytest.raises(Invalid):
        await issue(house, await house.agency(), CLIENT, reference)


@pytest.mark.parametrize("days", [0, -1, 3651])
async def test_a_token_without_an_end_in_sight_is_not_made(house: House, days: int) -> None:
    agency = await house.agency()
    made = await company(agency)
    with pytest.raises(Invalid):
        await issue(house, agency, COMPANY, made["id"], days=days)


async def test_a_question_about_nobody_is_the_askers_fault(house: House) -> None:
    agency = await house.agency()
    with pytest.raises(Invalid):
        await issue(house, agency, portal_access_pb2.PORTAL_HOLDER_KIND_UNSPECIFIED, 1)
    with pytest.raises(Invalid):
        await mail_link(house, agency, portal_access_pb2.MAIL_LINK_KIND_UNSPECIFIED, uuid4())
    with pytest.raises(Invalid):
        await mail_link(house, agency, PORTAL_TOKEN, "7")


async def test_a_mail_links_to_the_token_while_it_lives(house: House) -> None:
    agency = await house.agency()
    given = await issue(house, agency, COMPANY, (await company(agency))["id"], days=1)
    link = await mail_link(house, agency, PORTAL_TOKEN, given.token_id)
    assert (link.url, end(link)) == (given.url, end(given))
    house.clock.advance(days=1)
    ended = await mail_link(house, agency, PORTAL_TOKEN, given.token_id)
    assert (ended.url, ended.HasField("expires_at")) == ("", False)


async def test_a_mail_links_to_nothing_that_was_ended_or_is_not_the_agencys(house: House) -> None:
    ours, theirs = await house.agency(), await house.agency()
    client = await ours.client()
    given = await issue(house, ours, CLIENT, client.id)
    assert (await mail_link(house, theirs, PORTAL_TOKEN, given.token_id)).url == ""
    assert (await mail_link(house, ours, PORTAL_TOKEN, uuid4())).url == ""
    await revoke(house, ours, CLIENT, client.id)
    assert (await mail_link(house, ours, PORTAL_TOKEN, given.token_id)).url == ""


@pytest.mark.parametrize("kind", portal_access_pb2.MailLinkKind.values()[1:])
async def test_an_address_of_any_kind_is_empty_for_an_unknown_row(house: House, kind: int) -> None:
    assert (await mail_link(house, await house.agency(), kind, uuid4())).url == ""


async def test_a_caller_without_a_service_token_gets_no_portal_token(house: House) -> None:
    agency: Agency = await house.agency()
    client = await agency.client()
    holder = portal_access_pb2.PortalHolder(kind=CLIENT, reference=client.id)
    calls = {
        "IssuePortalToken": portal_access_pb2.IssuePortalTokenRequest(
            agency_id=agency.id, holder=holder, valid_days=30, performer=PERFORMER
        ),
        "RevokePortalToken": portal_access_pb2.RevokePortalTokenRequest(
            agency_id=agency.id, holder=holder, performer=PERFORMER
        ),
        "GetMailLink": portal_access_pb2.GetMailLinkRequest(
            agency_id=agency.id, kind=PORTAL_TOKEN, id=str(UUID(client.token[:32]))
        ),
    }
    async with grpc.aio.insecure_channel(house.chassis("auth").settings.auth_rpc) as channel:
        stub = portal_access_pb2_grpc.PortalAccessServiceStub(channel)
        for method, request in calls.items():
            with pytest.raises(grpc.aio.AioRpcError) as refused:
                await getattr(stub, method)(request, timeout=5)
            assert refused.value.code() == grpc.StatusCode.UNAUTHENTICATED
    assert (await ask(house, "IssuePortalToken", calls["IssuePortalToken"])).token == client.token


async def test_the_directory_knows_companies_of_their_agency_alone(house: House) -> None:
    ours, theirs = await house.agency(), await house.agency()
    made = await company(ours, "Okafor Ceramics")
    peers = house.chassis("auth").peers
    stub = directory_pb2_grpc.DirectoryServiceStub(peers.channel("auth"))
    question = directory_pb2.GetCompanyRequest(agency_id=ours.id, company_id=made["id"])
    found = (await peers.ask(stub.GetCompany, question)).company
    assert (found.id, found.number, found.name) == (made["id"], 1, "Okafor Ceramics")
    for agency_id, company_id in ((theirs.id, made["id"]), (ours.id, str(uuid4()))):
        with pytest.raises(NotFound):
            request = directory_pb2.GetCompanyRequest(agency_id=agency_id, company_id=company_id)
            await peers.ask(stub.GetCompany, request)


async def test_the_directory_tells_whose_client_somebody_is_and_where_they_sign_in(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    client = await member(agency, made["id"])
    peers = house.chassis("auth").peers
    stub = directory_pb2_grpc.DirectoryServiceStub(peers.channel("auth"))
    question = directory_pb2.GetClientsRequest(agency_id=agency.id, client_ids=[client["id"]])
    found = (await peers.ask(stub.GetClients, question)).clients[0]
    assert (found.company_id, found.email) == (made["id"], "")
    assert found.portal_url == f"{ORIGIN}/client-portal/{client['token']}"
    await revoke(house, agency, CLIENT, client["id"])
    found = (await peers.ask(stub.GetClients, question)).clients[0]
    assert found.portal_url == f"{ORIGIN}/portal/{agency.slug}"
    await issue(house, agency, CLIENT, client["id"], days=1)
    house.clock.advance(days=1)
    found = (await peers.ask(stub.GetClients, question)).clients[0]
    assert found.portal_url == f"{ORIGIN}/portal/{agency.slug}"
