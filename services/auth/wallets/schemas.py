"""Bodies and answers about wallets."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from chassis.schemas import Clean, Input, Output
from services.auth.wallets.challenges import MAX_MESSAGE
from services.auth.wallets.models import BackupStatus, SigningStatus

_ADDRESS_EXAMPLE = "0x52908400098527886E0F7030069857D2E4169EE7"
_MESSAGE_EXAMPLE = (
    "portal.example.com wants you to sign in with your Ethereum account:\n"
    f"{_ADDRESS_EXAMPLE}\n\n"
    "Show that this wallet is yours, to link it to your client portal. It moves nothing and costs nothing.\n\n"
    "URI: https://portal.example.com\nVersion: 1\nChain ID: 1\n"
    "Nonce: 4f1c9b7e2a60d8335b8e0c14f7a92d61c3e85b09f64d217ab05c8e3391d7f04a\n"
    "Issued At: 2026-03-01T09:30:00.000Z\nExpiration Time: 2026-03-01T09:40:00.000Z\n"
    "Request ID: 0199f1e2-7c7a-7f3e-9d52-1f1f5a3c9b10"
)


Token = Annotated[str | None, Field(max_length=4096, description="A client's portal token.", repr=False)]


class WalletChallenge(Output):
    """What the wallet is to sign, to the letter."""

    model_config = ConfigDict(json_schema_extra={"example": {"message": _MESSAGE_EXAMPLE}})

    message: str


class WalletProof(Input):
    """The challenge as it was given, and the wallet's signature: `0x` and 65 bytes (r, s, v) in hexadecimal."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"message": _MESSAGE_EXAMPLE, "signature": "0x" + "1b" * 65}}
    )

    message: Annotated[str, StringConstraints(min_length=1, max_length=MAX_MESSAGE, strip_whitespace=False), Clean]
    signature: Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=False), Clean]
    token: Token = None


class WalletAddress(Output):
    """The wallet that the client has proved to be theirs, in the spelling of EIP-55."""

    model_config = ConfigDict(json_schema_extra={"example": {"address": _ADDRESS_EXAMPLE}})

    address: str


class SigningReport(Input):
    """Where the client's device keeps its signing shares now."""

    model_config = ConfigDict(json_schema_extra={"example": {"status": "STORED_CLIENT"}})

    status: SigningStatus
    token: Token = None


class SigningReported(Output):
    """The status as it stands."""

    model_config = ConfigDict(json_schema_extra={"example": {"status": "STORED_CLIENT"}})

    status: SigningStatus


class BackupReport(Input):
    """How far the client's device has come with its backup."""

    model_config = ConfigDict(json_schema_extra={"example": {"status": "STORED_CLIENT_BACKUP_SHARE"}})

    status: BackupStatus
    token: Token = None


class BackupReported(Output):
    """The status as it stands."""

    model_config = ConfigDict(json_schema_extra={"example": {"status": "STORED_CLIENT_BACKUP_SHARE"}})

    status: BackupStatus
