"""gRPC of auth: whose a credential is, and who is in the directory."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import grpc
import pytest
from portico.auth.v1 import credentials_pb2, credentials_pb2_grpc, directory_pb2, directory_pb2_grpc

from chassis.errors import NotFound, Unauthenticated
from chassis.rpc import ServiceToken
from tests.house import House


def credentials(house: House) -> credentials_pb2_grpc.CredentialServiceStub:
    return credentials_pb2_grpc.CredentialServiceStub(house.chassis("auth").peers.channel("auth"))


def directory(house: House) -> directory_pb2_grpc.DirectoryServiceStub:
    return directory_pb2_grpc.DirectoryServiceStub(house.chassis("auth").peers.channel("auth"))


async def introspect(house: House, kind: int, credential: str) -> credentials_pb2.IntrospectResponse:
    request = credentials_pb2.IntrospectRequest(kind=kind, credential=credential)
    return await house.chassis("auth").peers.ask(credentials(house).Introspect, request)


async def test_a_portal_token_resolves_to_its_client(house: House) -> None:
    agency = await house.agency()
    client = await agency.client(name="Mira")
    holder = await introspect(house, credentials_pb2.CREDENTIAL_KIND_PORTAL_TOKEN, client.token)
    assert holder.holder == credentials_pb2.HOLDER_KIND_CLIENT
    assert (holder.agency_id, holder.id, holder.name, holder.email) == (
        agency.id,
        client.id,
        "Mira",
        client.email,
    )
    assert list(holder.client_ids) == [client.id]
    assert not holder.is_company
    made_at = datetime.fromisoformat(client.body["createdAt"])
    ends_at = holder.expires_at.ToDatetime(tzinfo=UTC)
    assert abs(ends_at - made_at - timedelta(days=30)) < timedelta(milliseconds=1)


@pytest.mark.parametrize("kind", credentials_pb2.CredentialKind.values())
@pytest.mark.parametrize(
    "credential",
    ["", "x", "0199f1e2-6a10-4c55-8f3d-2b6c9e4d7a01", "pk_00000000_" + "a" * 43, "0" * 32 + "." + "A" * 43],
)
async def test_an_unknown_credential_is_nobodys(house: House, kind: int, credential: str) -> None:
    with pytest.raises(Unauthenticated):
        await introspect(house, kind, credential)


async def test_a_portal_token_with_one_letter_changed_is_nobodys(house: House) -> None:
    agency = await house.agency()
    token = (await agency.client()).token
    changed = token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]
    with pytest.raises(Unauthenticated):
        await introspect(house, credentials_pb2.CREDENTIAL_KIND_PORTAL_TOKEN, changed)


async def test_the_directory_knows_agency_members_and_clients(house: House) -> None:
    agency = await house.agency("Studio North")
    client = await agency.client(name="Mira", company="Okafor Ceramics")
    ask = house.chassis("auth").peers.ask
    found = await ask(directory(house).GetAgency, directory_pb2.GetAgencyRequest(agency_id=agency.id))
    assert (found.agency.name, found.agency.currency, found.agency.time_zone) == (
        "Studio North",
        "USD",
        "UTC",
    )
    members = await ask(directory(house).ListMembers, directory_pb2.ListMembersRequest(agency_id=agency.id))
    assert [(member.email, member.role) for member in members.members] == [(agency.email, "owner")]
    request = directory_pb2.GetClientsRequest(agency_id=agency.id, client_ids=[client.id, str(uuid4())])
    clients = await ask(directory(house).GetClients, request)
    assert [(c.id, c.number, c.name, c.email, c.company) for c in clients.clients] == [
        (client.id, 1, "Mira", client.email, "Okafor Ceramics")
    ]
    assert clients.clients[0].portal_url == f"http://localhost:8080/client-portal/{client.token}"


async def test_the_directory_keeps_agencies_apart(house: House) -> None:
    ours, theirs = await house.agency(), await house.agency()
    client = await theirs.client()
    request = directory_pb2.GetClientsRequest(agency_id=ours.id, client_ids=[client.id])
    found = await house.chassis("auth").peers.ask(directory(house).GetClients, request)
    assert list(found.clients) == []


async def test_an_unknown_agency_is_not_found(house: House) -> None:
    request = directory_pb2.GetAgencyRequest(agency_id=str(uuid4()))
    with pytest.raises(NotFound):
        await house.chassis("auth").peers.ask(directory(house).GetAgency, request)


@pytest.mark.parametrize(
    "request_",
    [
        directory_pb2.GetClientsRequest(agency_id=str(uuid4()), client_ids=[str(uuid4())] * 201),
        directory_pb2.GetClientsRequest(agency_id=str(uuid4()), client_ids=["no uuid"]),
        directory_pb2.GetClientsRequest(agency_id="no uuid"),
    ],
    ids=["too many", "client", "agency"],
)
async def test_a_malformed_question_is_the_askers_fault(
    house: House, request_: directory_pb2.GetClientsRequest
) -> None:
    token = ServiceToken(house.chassis("auth").settings, "auth").current()
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await directory(house).GetClients(request_, timeout=5, metadata=(("portico-service", token),))
    assert refused.value.code() == grpc.StatusCode.INVALID_ARGUMENT


async def test_a_caller_without_a_service_token_learns_nothing(house: House) -> None:
    address = house.chassis("auth").settings.auth_rpc
    async with grpc.aio.insecure_channel(address) as channel:
        stub = credentials_pb2_grpc.CredentialServiceStub(channel)
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await stub.ListSigningKeys(credentials_pb2.ListSigningKeysRequest(), timeout=5)
    assert refused.value.code() == grpc.StatusCode.UNAUTHENTICATED
