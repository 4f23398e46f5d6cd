"""Forged client tokens, and tokens of one sort shown as another: refused by every service."""

from collections.abc import Callable

import jwt
import pytest

from services.auth.signing_keys import service as signing_keys
from services.auth.signing_keys.models import DEPLOYMENT
from services.auth.tests.test_forgeries import FORGERIES, Forge
from tests.house import House
from tests.trust.callers import CLIENT_COOKIE, STAFF_COOKIE
from tests.trust.calling import SAME_ORIGIN, ask, by_cookie, listed
from tests.trust.document import operations
from tests.trust.grounds import Grounds

PROTECTED = [operation for operation in operations() if not operation.public]
# One door of each service that clients may open.
DOORS = {
    "auth": "/api/v1/portal/auth/sessions",
    "projects": "/api/projects",
    "billing": "/api/invoices",
    "portal": "/api/portal",
}
CORPUS: dict[str, Callable[[Forge], str]] = FORGERIES | {
    "typ of a client's session": lambda f: f.signed({"typ": "staff+jwt"}),
    "typ in upper case": lambda f: f.signed({"typ": "CLIENT+JWT"}),
    "typ with a prefix": lambda f: f.signed({"typ": "application/client+jwt"}),
}


@pytest.fixture
async def forge(grounds: Grounds) -> Forge:
    """A client's access token taken apart, with the key that signed it."""
    chassis = grounds.house.chassis("auth")
    async with chassis.database.unit(DEPLOYMENT) as session:
        _, key = await signing_keys.current(session, vault=chassis.vault, now=grounds.house.clock())
    token = grounds.ours.session.token
    claims = jwt.decode(token, options={"verify_signature": False})
    return Forge(token, jwt.get_unverified_header(token), claims, key, "http://127.0.0.1:9/keys.json")


async def test_the_forge_makes_good_client_tokens_when_it_changes_nothing(house: House, forge: Forge) -> None:
    assert forge.header["typ"] == "client+jwt"
    for path in DOORS.values():
        assert (await house.bearer(forge.signed()).get(path)).status_code == 200, path


@pytest.mark.parametrize("name", CORPUS)
async def test_a_forged_client_token_is_refused_by_every_service(house: House, forge: Forge, name: str) -> None:
    forged = CORPUS[name](forge)
    assert forged != forge.token
    for path in DOORS.values():
        for headers in ({"Authorization": f"Bearer {forged}"}, {"Cookie": f"{CLIENT_COOKIE}={forged}"}):
            answer = await house.http_with(headers).get(path)
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), (path, answer.text)


async def test_a_session_is_not_found_under_the_other_sides_type(grounds: Grounds, forge: Forge) -> None:
    """Rightly signed, but the session that it names is a member's, or another agency's."""
    staff = jwt.decode(grounds.ours.agency.token, options={"verify_signature": False})
    as_client = forge.signed(claims={"sid": staff["sid"], "sub": staff["sub"]})
    as_staff = forge.signed({"typ": "staff+jwt"})
    for path in (*DOORS.values(), "/api/clients", "/api/zapier"):
        for token in (as_client, as_staff):
            assert (await grounds.house.bearer(token).get(path)).status_code == 401, path


async def test_what_a_client_token_claims_of_its_holder_is_not_believed(grounds: Grounds, forge: Forge) -> None:
    theirs = grounds.theirs
    lying = forge.signed(claims={"sub": theirs.client.id, "agency": theirs.agency.id, "role": "owner"})
    seen = await grounds.house.bearer(lying).get("/api/portal")
    assert seen.json()["client"]["id"] == grounds.ours.client.id
    assert theirs.canary not in seen.text
    assert (await grounds.house.bearer(lying).get("/api/clients")).json()["code"] == "staff_only"


@pytest.mark.parametrize("cookie", [STAFF_COOKIE, CLIENT_COOKIE])
async def test_a_cookie_holds_a_session_of_its_own_side_and_nothing_else(grounds: Grounds, cookie: str) -> None:
    ours = grounds.ours
    others = {
        "staff token": ours.agency.token,
        "client session": ours.session.token,
        "portal token": ours.client.token,
        "company token": ours.company.token,
        "cst_": ours.custodian.token,
        "cak_": ours.custodian.key,
        "API key": ours.keys["all"],
        "refresh token": ours.session.body["refreshToken"],
    }
    del others["staff token" if cookie == STAFF_COOKIE else "client session"]
    wrong = []
    for name, credential in others.items():
        caller = by_cookie(name, cookie, credential, ours.ids)
        for operation in PROTECTED:
            answer = await ask(grounds.house, operation, caller)
            if answer.status_code != 401:
                wrong.append((str(operation), name, answer.status_code))
    assert wrong == [], listed(wrong)


async def test_with_both_cookies_each_side_is_asked_for_its_own(grounds: Grounds) -> None:
    ours = grounds.ours
    both = f"{STAFF_COOKIE}={ours.agency.token}; {CLIENT_COOKIE}={ours.session.token}"
    browser = grounds.house.http_with({"Cookie": both, **SAME_ORIGIN})
    assert (await browser.get("/api/auth/me")).json()["user"]["email"] == ours.agency.email
    assert (await browser.get("/api/portal")).json()["client"]["id"] == ours.client.id
    assert (await browser.get("/api/v1/portal/me")).json()["id"] == ours.client.id
