"""What ends does so at the very moment that was named, not after it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from services.auth.api_keys.models import ApiKey
from services.auth.invitations.models import Invitation
from services.auth.password_resets.models import PasswordReset
from services.auth.sessions.models import Device, Session

BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)
AGENCY, MEMBER = uuid4(), uuid4()
ENDING = {
    "session": (
        Session.opened_by(agency_id=AGENCY, member_id=MEMBER, device=Device("", ""), now=BEGIN),
        timedelta(days=30),
    ),
    "invitation": (
        Invitation(agency_id=AGENCY, email="a@agency.test", invited_by="Ada", expires_at=BEGIN + timedelta(days=7)),
        timedelta(days=7),
    ),
    "reset": (PasswordReset.asked_for(agency_id=AGENCY, member_id=MEMBER, now=BEGIN), timedelta(minutes=60)),
    "key": (ApiKey(agency_id=AGENCY, expires_at=BEGIN + timedelta(seconds=1)), timedelta(seconds=1)),
}


@pytest.mark.parametrize("noun", list(ENDING))
def test_it_is_live_until_its_end_and_not_at_it(noun: str) -> None:
    row, life = ENDING[noun]
    end = BEGIN + life
    assert row.is_live(end - timedelta(microseconds=1))
    assert not row.is_live(end)
