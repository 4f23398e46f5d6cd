"""What custodian clients hold shows in no table, event or log line, and their calls meet each other in peace."""

import asyncio
import logging
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from eth_account import Account
from eth_account.messages import encode_defunct
from structlog.testing import capture_logs

from services.auth.tests.custodians import CLIENTS, backend
from services.auth.tests.test_secrecy import dump
from tests.house import House

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
async def superuser(house: House, postgres: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """The database of auth, past every policy."""
    connection = await asyncpg.connect(postgres.rsplit("/", 1)[0] + "/portico_auth")
    yield connection
    await connection.close()


async def test_no_credential_of_a_custodian_client_is_kept_announced_or_logged(
    house: House, superuser: "asyncpg.Connection[asyncpg.Record]", caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with capture_logs() as logged:
        custodian = await backend(house)
        made = await custodian.create(name="Canary of the custodian")
        renewed = await custodian.call("POST", f"/{made['id']}/session")
        used, kept = [await custodian.one_time_password(made["id"]) for _ in range(2)]
        signed_in = await house.signed_in("/api/v1/portal/auth/otp", {"otp": kept})
        refused = await house.gateway.post("/api/v1/portal/auth/otp", json={"otp": used})
        assert refused.status_code == 401
        live = await custodian.one_time_password(made["id"])
        rotated = await custodian.call("POST", f"/{made['id']}/rotate")
        await custodian.http.post(CLIENTS, headers={"Idempotency-Key": "of-the-custodian"})
        await house.bearer(renewed["clientSessionToken"]).get("/api/projects")
        deleted = await custodian.create()
        await custodian.agency.http.delete(f"/api/clients/{deleted['id']}")
    stored = await dump(superuser)
    assert "Canary of the custodian" in stored, "the dump shows what is readable"
    assert "auth.credential.revoked" in stored, "the outbox is in the dump"
    lines = stored + repr(logged) + caplog.text
    secrets = [
        *(client[name] for client in (made, deleted) for name in ("clientApiKey", "clientSessionToken")),
        *(renewed["clientSessionToken"], rotated["clientApiKey"], used, kept, live),
        *(signed_in.token, signed_in.body["refreshToken"]),
    ]
    for secret in secrets:
        assert secret not in lines
        # The random part alone would be as bad.
        assert secret[-30:] not in lines


async def test_a_client_deleted_in_the_midst_of_calls_fails_nobody_and_leaves_nothing(
    house: House, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    one = f"{CLIENTS}/{made['id']}"
    http = house.bearer(made["clientApiKey"])
    wallet = Account.create()
    message = (await http.get("/api/v1/clients/me/wallet/challenge", params={"address": wallet.address})).json()[
        "message"
    ]
    proof = {"message": message, "signature": "0x" + wallet.sign_message(encode_defunct(text=message)).signature.hex()}

    async def exchange() -> int:
        answer = await custodian.http.get(f"{one}/web-otp")
        password = {"otp": answer.json().get("otp", "otp_none")}
        return (await house.gateway.post("/api/v1/portal/auth/otp", json=password)).status_code

    async def status(method: str, path: str) -> int:
        return (await custodian.http.request(method, path)).status_code

    async def act(number: int) -> list[int]:
        await asyncio.sleep(number * 0.02)
        return [
            await status("POST", f"{one}/session"),
            await exchange(),
            await status("POST", f"{one}/rotate"),
            await status("DELETE", f"{one}/sessions"),
            (await http.post("/api/v1/clients/me/wallet", json=proof)).status_code,
        ]

    async def delete() -> list[int]:
        return [(await custodian.agency.http.delete(f"/api/clients/{made['id']}")).status_code]

    answers = await asyncio.gather(*(act(number) for number in range(30)), delete())
    seen = {status for statuses in answers for status in statuses}
    assert answers[-1] == [200]
    assert seen <= {200, 400, 401, 404, 409}, seen
    assert 404 in seen
    for table in ("custodian_clients", "client_session_tokens", "one_time_passwords", "wallets", "client_sessions"):
        left = await superuser.fetchval(f"SELECT count(*) FROM {table} WHERE client_id::text = $1", made["id"])
        assert left == 0, table


def test_ethereums_libraries_are_not_loaded_by_the_service() -> None:
    program = "import sys, services.auth.main; print([name for name in sys.modules if name.startswith('eth_')])"
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert told.stdout.strip() == "[]"
