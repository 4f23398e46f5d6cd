"""What a client's device reports of its key shares: only forward, and shown to the custodian."""

import asyncio
from typing import Any

import pytest

from services.auth.tests.custodians import CLIENTS, backend, client_of
from tests.house import House

SIGNING = "/api/v1/clients/me/signing-share-pairs"
BACKUP = "/api/v1/clients/me/backup-share-pairs"
SIGNING_ORDER = ["STORED_DATABASE", "STORED_CLIENT"]
BACKUP_ORDER = ["STORED_CUSTODIAN_BACKUP_SHARE", "STORED_CLIENT_BACKUP_SHARE_KEY", "STORED_CLIENT_BACKUP_SHARE"]


@pytest.mark.parametrize(
    ("path", "order", "field"), [(SIGNING, SIGNING_ORDER, "signingStatus"), (BACKUP, BACKUP_ORDER, "backupStatus")]
)
async def test_a_report_moves_forward_and_is_shown_to_the_custodian(
    house: House, path: str, order: list[str], field: str
) -> None:
    custodian = await backend(house)
    client_id, http = await client_of(house, custodian)
    for place, status in enumerate(order):
        answer = await http.patch(path, json={"status": status})
        assert (answer.status_code, answer.json()) == (200, {"status": status})
        for earlier in order[: place + 1]:
            refused = await http.patch(path, json={"status": earlier})
            assert (refused.status_code, refused.json()["code"]) == (409, "status_not_forward"), earlier
        [listed] = (await custodian.http.get(CLIENTS)).json()
        other = "backupStatus" if field == "signingStatus" else "signingStatus"
        assert (listed["id"], listed[field], listed[other], listed["address"]) == (client_id, status, None, None)


async def test_a_report_may_skip_what_was_never_reported(house: House) -> None:
    custodian = await backend(house)
    _, http = await client_of(house, custodian)
    assert (await http.patch(BACKUP, json={"status": BACKUP_ORDER[-1]})).status_code == 200
    assert (await http.patch(BACKUP, json={"status": BACKUP_ORDER[0]})).status_code == 409


async def test_reports_at_once_leave_the_farthest(house: House) -> None:
    custodian = await backend(house)
    _, http = await client_of(house, custodian)
    answers = await asyncio.gather(*(http.patch(BACKUP, json={"status": status}) for status in BACKUP_ORDER * 5))
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert [item["backupStatus"] for item in (await custodian.http.get(CLIENTS)).json()] == [BACKUP_ORDER[-1]]


@pytest.mark.parametrize("path", [SIGNING, BACKUP])
@pytest.mark.parametrize("body", [{}, {"status": None}, {"status": "stored_client"}, {"status": "X"}, {"state": "X"}])
async def test_an_unknown_status_is_refused(house: House, path: str, body: dict[str, Any]) -> None:
    custodian = await backend(house)
    _, http = await client_of(house, custodian)
    assert (await http.patch(path, json=body)).status_code == 400


async def test_one_clients_reports_are_not_anothers(house: House) -> None:
    custodian = await backend(house)
    _, http = await client_of(house, custodian)
    other_id, _ = await client_of(house, custodian)
    assert (await http.patch(SIGNING, json={"status": "STORED_CLIENT"})).status_code == 200
    listed = {item["id"]: item for item in (await custodian.http.get(CLIENTS)).json()}
    assert listed[other_id]["signingStatus"] is None
