"""What a thief of the database, a listener on the wire or a reader of logs gets of a team's secrets: nothing."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pyotp
import pytest

from services.auth.tests.team import (
    accept,
    forget_password,
    invitation_token,
    invite,
    log_in,
    reset_password,
    reset_token,
)
from services.auth.tests.test_secrecy import dump
from tests.house import PASSWORD, House

NEXT = "the quiet canary in its cage"


@pytest.fixture
async def superuser(house: House, postgres: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """The database of auth, past every policy."""
    connection = await asyncpg.connect(urlunsplit(urlsplit(postgres)._replace(path="/portico_auth")))
    yield connection
    await connection.close()


async def test_no_secret_of_a_team_is_stored_announced_or_logged(
    house: House, superuser: "asyncpg.Connection[asyncpg.Record]", capfd: pytest.CaptureFixture[str]
) -> None:
    agency = await house.agency()
    once = {"Idempotency-Key": "of-the-team"}
    invited = await invite(agency)
    invitation = await invitation_token(agency, invited["id"])
    joined = await accept(house, invitation)
    set_up = await agency.http.post("/api/auth/totp", json={"password": PASSWORD}, headers=once)
    app = pyotp.TOTP(set_up.json()["secret"])
    code = app.at(house.clock())
    confirmed = await agency.http.post("/api/auth/totp/confirm", json={"code": code}, headers={"Idempotency-Key": "c"})
    await forget_password(house, agency.email)
    reset = await reset_token(agency)
    assert (await reset_password(house, reset, NEXT)).status_code == 200
    await reset_password(house, reset, NEXT)
    await accept(house, invitation)
    recovery = confirmed.json()["recoveryCodes"]
    signed_in = await log_in(house, agency.email, NEXT, code=recovery[0])
    assert (joined.status_code, signed_in.status_code) == (201, 200)
    stored, logged = await dump(superuser), "".join(capfd.readouterr())
    assert invited["email"] in stored, "the dump shows what is readable"
    assert "of-the-team" in stored
    bare = [one.replace("-", "") for one in recovery]
    tokens = [invitation, reset, joined.json()["token"], signed_in.json()["token"]]
    macs = [token.rpartition(".")[2] for token in tokens]
    secret = [set_up.json()["secret"], app.byte_secret().decode("latin-1"), *recovery, *bare, PASSWORD, NEXT]
    for one in secret + tokens + macs:
        assert one not in stored
        assert one not in logged
