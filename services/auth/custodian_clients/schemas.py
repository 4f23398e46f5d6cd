"""Bodies and answers about custodian clients, field by field as the custodian API has them."""

from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Email, Input, Name, Output
from services.auth.wallets.models import BackupStatus, SigningStatus

_ID = "0199f1e2-7c7a-7f3e-9d52-1f1f5a3c9b10"
_ADDRESS = "0x52908400098527886E0F7030069857D2E4169EE7"
_KEY = "cak_0199f1e27c7b71c28f0e6d5c4b3a2910.1.pWq1tq7n2m0c..."
_TOKEN = "cst_9mVh3Z1q7rYt2b..."  # noqa: S105 (an example)


class CustodianClientCreate(Input):
    """A new client of the agency's own product. Without a name they are called `Client` and their number."""

    model_config = ConfigDict(json_schema_extra={"example": {"isAccountAbstracted": True, "name": "Grace Hopper"}})

    is_account_abstracted: bool = Field(
        default=False,
        description="Whether the product uses ERC-4337 for this client; kept and told again, it changes nothing here.",
    )
    name: Name | None = None
    email: Email | None = None


class CustodianClientCreated(Output):
    """A client with the credentials to hand to their device; `id` is that of the client everywhere else."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": _ID,
                "clientApiKey": _KEY,
                "clientSessionToken": _TOKEN,
                "isAccountAbstracted": True,
            }
        }
    )

    id: UUID
    client_api_key: str = Field(repr=False)
    client_session_token: str = Field(repr=False)
    is_account_abstracted: bool


class CustodianClientPublic(Output):
    """A client; `address` is the wallet they have proved to be theirs, null until then."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"id": _ID, "address": _ADDRESS, "clientApiKey": _KEY, "isAccountAbstracted": True}
        }
    )

    id: UUID
    address: str | None
    client_api_key: str = Field(repr=False)
    is_account_abstracted: bool


class CustodianClientListed(Output):
    """A client as listed; both statuses are what the client's device has reported, null until it does."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": _ID,
                "address": _ADDRESS,
                "backupStatus": "STORED_CLIENT_BACKUP_SHARE",
                "clientApiKey": _KEY,
                "signingStatus": "STORED_CLIENT",
            }
        }
    )

    id: UUID
    address: str | None
    backup_status: BackupStatus | None
    client_api_key: str = Field(repr=False)
    signing_status: SigningStatus | None


class SessionTokenIssued(Output):
    """A new session token: over after 24 hours without use, and after 7 days in any case."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"id": _ID, "clientSessionToken": _TOKEN, "isAccountAbstracted": True}}
    )

    id: UUID
    client_session_token: str = Field(repr=False)
    is_account_abstracted: bool


class OneTimePasswordIssued(Output):
    """A password that opens one session in the portal within five minutes."""

    model_config = ConfigDict(json_schema_extra={"example": {"id": _ID, "otp": "otp_Zk3v8Qm1x5..."}})

    id: UUID
    otp: str = Field(repr=False)


class KeyRotated(Output):
    """The new key; the old one is refused."""

    model_config = ConfigDict(json_schema_extra={"example": {"id": _ID, "clientApiKey": _KEY}})

    id: UUID
    client_api_key: str = Field(repr=False)


class SessionTokensEnded(Output):
    """How many session tokens were live and are refused now."""

    model_config = ConfigDict(json_schema_extra={"example": {"id": _ID, "ended": 2}})

    id: UUID
    ended: int
