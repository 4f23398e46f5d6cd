"""Every operation of the OpenAPI document has a row in the matrix, and lets nobody in without a good credential."""

import pytest

from tests.house import House
from tests.trust.bodies import BODIES, MULTIPART
from tests.trust.calling import Caller, ask, by_bearer, by_header, listed
from tests.trust.document import Operation, operations
from tests.trust.grounds import Grounds

OPERATIONS = operations()
PROTECTED = [operation for operation in OPERATIONS if not operation.public]
# What takes no credential, and what stands in for one.
ANYONE = {
    "POST /api/auth/register": "nobody has one yet",
    "POST /api/auth/login": "a password",
    "POST /api/auth/forgot-password": "nothing is told; a mail is sent",
    "POST /api/auth/reset-password": "the token of a mail",
    "POST /api/invitations/accept": "the token of a mail",
    "POST /api/invitations/lookup": "the token of a mail",
    "POST /api/v1/portal/auth/request-magic-link": "nothing is told; a mail is sent",
    "POST /api/v1/portal/auth/validate": "the token of a mail",
    "POST /api/v1/portal/auth/refresh": "a refresh token",
    "POST /api/v1/portal/auth/otp": "a one-time password",
    "GET /api/portal/welcome/{slug}": "what the sign-in page shows to everybody",
    "GET /api/portal/intake/{slug}/{form}": "what an intake form asks everybody",
    "POST /api/portal/intake/{slug}/{form}": "nothing is told; a lead is kept",
    "POST /api/contracts/verify": "the paper itself, to which nothing is added",
    "GET /portal-logos/{name}": "a picture that mails show",
    "GET /.well-known/jwks.json": "public keys",
    "POST /api/webhooks/stripe": "a signature",
    "POST /api/webhooks/stripe/{agency_id}": "a signature",
    "POST /api/webhooks/paystack": "a signature",
    "POST /api/webhooks/paystack/{agency_id}": "a signature",
}
MANAGERS_ONLY = {
    "POST /api/api-keys",
    "POST /api/clients/{client_id}/erase",
    "GET /api/api-keys",
    "DELETE /api/api-keys/{key_id}",
    "PATCH /api/v1/client-portal/config",
    "PUT /api/payment-account",
    "POST /api/payments/{payment_id}/refunds",
    "PUT /api/time-settings",
    "DELETE /api/payment-account",
    "GET /api/reminder-settings",
    "PUT /api/reminder-settings",
    "POST /api/intake-forms",
    "PATCH /api/intake-forms/{form_id}",
    "DELETE /api/intake-forms/{form_id}",
    "POST /api/zapier",
    "DELETE /api/zapier",
    "DELETE /api/zapier/{endpoint_id}",
    "POST /api/zapier/test",
}


def test_every_operation_is_in_the_matrix() -> None:
    assert {str(operation) for operation in OPERATIONS if operation.public} == set(ANYONE)
    assert {str(o) for o in PROTECTED if "application/json" in o.media} - set(BODIES) == set()
    assert {str(o) for o in OPERATIONS if "multipart/form-data" in o.media} == set(MULTIPART)


def test_every_operation_takes_staff_or_clients_or_custodians() -> None:
    nobodys = [str(o) for o in PROTECTED if not (o.takes_staff or o.takes_clients or o.for_custodians)]
    assert nobodys == []


async def refused_by(grounds: Grounds, caller: Caller) -> list[tuple[str, int]]:
    """The operations that do not answer 401, or that show something."""
    return [
        (str(operation), answer.status_code)
        for operation in PROTECTED
        if (answer := await ask(grounds.house, operation, caller)).status_code != 401
        or answer.json()["code"] != "unauthenticated"
        or grounds.ours.canary in answer.text
    ]


async def test_without_a_credential_every_operation_refuses(grounds: Grounds) -> None:
    assert await refused_by(grounds, Caller("nobody", grounds.ours.ids)) == []


MADE_UP = {
    "nonsense": "nonsense",
    "an API key": "pk_" + "0" * 43,
    "a session token": "cst_" + "0" * 43,
    "a client key": f"cak_{'0' * 32}.1.{'A' * 43}",
    "a refresh token": f"crt_{'0' * 32}.1.{'A' * 43}",
    "a magic link": f"ml_{'0' * 32}.1.{'A' * 43}",
    "a JWT": "e30.e30.e30",
    "a portal token": "0" * 32 + "." + "A" * 43,
    "an empty one": " ",
}


@pytest.mark.parametrize("what", MADE_UP)
async def test_what_is_made_up_is_refused_by_every_operation(grounds: Grounds, what: str) -> None:
    assert await refused_by(grounds, by_bearer(what, MADE_UP[what], grounds.ours.ids)) == []


@pytest.mark.parametrize("where", ["portal", "staff", "client", "cst", "cak"])
async def test_a_genuine_credential_with_another_end_is_refused_by_every_operation(
    grounds: Grounds, where: str
) -> None:
    ours = grounds.ours
    genuine = {
        "portal": ours.client.token,
        "staff": ours.agency.token,
        "client": ours.session.token,
        "cst": ours.custodian.token,
        "cak": ours.custodian.key,
    }[where]
    end = "AA" if not genuine.endswith("AA") else "BB"
    assert await refused_by(grounds, by_bearer(where, genuine[:-2] + end, ours.ids)) == []


async def test_a_credential_of_one_place_is_refused_in_another(grounds: Grounds) -> None:
    """Only a portal token stands in X-Portal-Token and in the address; only sessions stand in cookies."""
    ours = grounds.ours
    wrong = []
    for credential in (
        ours.agency.token,
        ours.session.token,
        ours.custodian.token,
        ours.custodian.key,
        ours.keys["all"],
    ):
        wrong += await refused_by(grounds, by_header("elsewhere", credential, ours.ids))
    assert wrong == [], listed(wrong)


async def test_basic_authentication_is_refused_by_every_operation(grounds: Grounds) -> None:
    caller = Caller("Basic", grounds.ours.ids, {"Authorization": f"Basic {grounds.ours.agency.token}"})
    assert await refused_by(grounds, caller) == []


async def test_members_may_not_do_what_is_for_owner_and_admin(grounds: Grounds, house: House) -> None:
    agency = await house.agency()
    member = await agency.member("member")
    token = member.headers["authorization"].removeprefix("Bearer ")
    caller = by_bearer("staff token", token, grounds.theirs.ids)
    known: dict[str, Operation] = {str(operation): operation for operation in OPERATIONS}
    assert set(known) >= MANAGERS_ONLY
    for name in MANAGERS_ONLY:
        answer = await ask(house, known[name], caller, query={"id": grounds.theirs.ids["endpoint_id"]})
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), (name, answer.text)
    assert (await member.get("/api/clients")).status_code == 200
