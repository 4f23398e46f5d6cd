"""Codes: those an authenticator app shows (RFC 6238: SHA-1, 30 seconds, 6 digits), and recovery codes."""

import base64
import hmac
import secrets
from datetime import datetime

STEP_S = 30
# Clocks of telephones are off by some seconds, and people type slowly: one step to either side is taken too.
STEPS_ASIDE = 1
DIGITS = 6
RECOVERY_CODES = 10
# 80 bits: no thief of the hashes tries them all.
_RECOVERY_BYTES = 10
_GROUP = 4
_ISSUER = "Portico"


def new_secret() -> str:
    """A fresh secret of 160 bits in base32, as apps take it."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def app_address(secret: str, *, account: str) -> str:
    """The `otpauth:` address that an app reads from a QR code."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=_ISSUER)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The latest step near `now` whose code it is; None for another code."""
    import pyotp

    app, present = pyotp.TOTP(secret), int(now.timestamp()) // STEP_S
    matching = [
        step
        for step in range(present - STEPS_ASIDE, present + STEPS_ASIDE + 1)
        if hmac.compare_digest(app.generate_otp(step).encode(), code.encode())
    ]
    return max(matching, default=None)


def new_recovery_codes() -> list[str]:
    """Ten fresh codes of sixteen letters and digits, in groups of four."""
    return [
        _grouped(base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode().lower()) for _ in range(RECOVERY_CODES)
    ]


def comparable(code: str) -> str:
    """The code without the blanks and hyphens that people type or leave out."""
    return "".join(c for c in code.lower() if not c.isspace() and c != "-")


def is_of_app(code: str) -> bool:
    """Whether a comparable code has the form of the app's, rather than of a recovery code."""
    return len(code) == DIGITS and code.isascii() and code.isdigit()


def _grouped(code: str) -> str:
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))
