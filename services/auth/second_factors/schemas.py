"""Bodies and answers about two-factor sign-in."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from chassis.schemas import Clean, Input, Output
from services.auth.members.schemas import AnyPassword

# What people type: the app's six digits, or a recovery code, with or without blanks and hyphens.
Code = Annotated[str, StringConstraints(min_length=1, max_length=40), Clean]


class SecondFactorPublic(Output):
    """Whether signing in asks for a code, and how many recovery codes are unused."""

    model_config = ConfigDict(json_schema_extra={"example": {"enabled": True, "recoveryCodesLeft": 10}})

    enabled: bool
    recovery_codes_left: int


class SecondFactorSetUp(Input):
    """The member's password, so that nobody at an unlocked screen shuts them out."""

    model_config = ConfigDict(json_schema_extra={"example": {"password": "a quiet place by the sea"}})

    password: AnyPassword


class SecondFactorSecret(Output):
    """What the authenticator app needs: `secret` in base32 to type, or `uri` to show as a QR code. Shown this once."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                "uri": "otpauth://totp/Portico:ada%40northlight.example?secret=JBSWY3DP...&issuer=Portico",
            }
        }
    )

    secret: str = Field(repr=False)
    uri: str = Field(repr=False)


class SecondFactorConfirm(Input):
    """A code that the app shows."""

    model_config = ConfigDict(json_schema_extra={"example": {"code": "492039"}})

    code: Code = Field(repr=False)


class SecondFactorProof(Input):
    """The member's password and a code of the app, or a recovery code."""

    model_config = ConfigDict(json_schema_extra={"example": {"password": "a quiet place by the sea", "code": "492039"}})

    password: AnyPassword
    code: Code = Field(repr=False)


class RecoveryCodes(Output):
    """Codes that are taken once each instead of the app's. Shown this once; only their hashes are kept."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"recoveryCodes": ["mzxw-6ytb-oi2d-k3q5", "nbsw-y3dp-eb3w-64tm"]}}
    )

    recovery_codes: list[str] = Field(repr=False)


class SecondFactorOff(Output):
    """Signing in takes the password alone."""

    message: str = "Two-factor sign-in is off."
