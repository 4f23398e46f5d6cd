"""The form token: a signed note of when somebody was given a form, kept nowhere."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from chassis.secrets import derive
from services.portal.intake_forms.models import IntakeForm

# Nobody reads a form and fills it in faster.
QUICKEST = timedelta(seconds=3)
# A tab that is left open over a few days is no reason to doubt a person.
GOOD_FOR = timedelta(days=7)
MAX_LENGTH = 100
_MAC_BYTES = 16
_MILLISECONDS = 1000


class Verdict(StrEnum):
    """What a form token tells of whoever sends it back."""

    PERSON = "person"
    MISSING = "missing"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Stamps:
    """Makes form tokens and reads them again; whoever knows the master secret can."""

    secret: str

    def stamp(self, form: IntakeForm, now: datetime) -> str:
        """The token for a form that is given out now."""
        moment = str(int(now.timestamp() * _MILLISECONDS))
        return f"{moment}.{self._mac(form, moment)}"

    def judge(self, form: IntakeForm, token: str | None, now: datetime) -> Verdict:
        """Whether it was made for this form, long enough ago for a person and not too long."""
        if not token:
            return Verdict.MISSING
        moment, _, mac = token.partition(".")
        if not hmac.compare_digest(mac.encode(), self._mac(form, moment).encode()):
            return Verdict.DOUBTFUL
        age = now - datetime.fromtimestamp(int(moment) / _MILLISECONDS, UTC)
        return Verdict.PERSON if QUICKEST <= age <= GOOD_FOR else Verdict.DOUBTFUL

    def _mac(self, form: IntakeForm, moment: str) -> str:
        key = derive(self.secret, "intake-form")
        told = f"{form.agency_id}/{form.id}/{moment}".encode()
        mac = hmac.digest(key, told, hashlib.sha256)[:_MAC_BYTES]
        return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()
