"""What the API takes and gives about contracts."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from chassis.schemas import Clean, Email, Input, Name, Output, Patch, Text, Timestamp
from services.projects.contracts.models import CONSENT, MAX_BODY, Contract, ContractStatus
from services.projects.files.schemas import SHA256, SignaturePublic, Token
from services.projects.signatures.schemas import MarkData

SUMMARY_FOR_CLIENT: dict[str, Any] = {
    "id": "0198f7c8-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
    "clientId": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603",
    "projectId": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
    "title": "Website maintenance",
    "status": "sent",
    "textSha256": SHA256,
    "sentAt": "2026-11-21T09:30:00.000Z",
    "signedAt": None,
    "signatures": [],
    "fileId": None,
    "declinedAt": None,
    "declineReason": None,
    "voidedAt": None,
    "createdAt": "2026-11-21T09:00:00.000Z",
    "updatedAt": "2026-11-21T09:30:00.000Z",
}
_VIEWS: dict[str, Any] = {"firstViewedAt": None, "lastViewedAt": None, "viewCount": 0}
SUMMARY = SUMMARY_FOR_CLIENT | _VIEWS
BODY = (
    "# Maintenance\n\nBetween {{agency.name}} and {{client.name}}, from {{date}}.\n\n"
    "1. We keep **{{project.name}}** up to date."
)
EXAMPLE_FOR_CLIENT = SUMMARY_FOR_CLIENT | {"body": "# Maintenance\n\nBetween Acme and Ada.", "consentText": CONSENT}
EXAMPLE = EXAMPLE_FOR_CLIENT | _VIEWS

Body = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MAX_BODY),
    Clean,
    Field(
        description="Markdown (CommonMark and tables); HTML in it is shown as text. Merge fields as {{client.name}}."
    ),
]


def _is_given(value: bool) -> bool:
    if not value:
        raise ValueError("must be true: without consent there is no signature")
    return value


Consent = Annotated[
    bool,
    Field(strict=True, description="That the signer agrees to `consentText`, which is recorded."),
    AfterValidator(_is_given),
    WithJsonSchema({"type": "boolean", "const": True}),
]
# The default of what may be left out but not be null: Pydantic does not check defaults.
_UNSET: Any = None


class ContractCreate(Input):
    """A new contract, a draft, with a `body` of its own or that of a template."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "clientId": SUMMARY["clientId"],
                    "title": SUMMARY["title"],
                    "body": BODY,
                    "projectId": SUMMARY["projectId"],
                }
            ]
        }
    )

    client_id: UUID
    title: Annotated[Name | None, Field(description="The template's, if missing.")] = None
    body: Body | None = None
    template_id: Annotated[UUID | None, Field(description="Instead of a body.")] = None
    project_id: UUID | None = None


class ContractUpdate(Patch):
    """A change of a draft; what is not named stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Website maintenance 2027"}]})

    title: Name = _UNSET
    body: Body = _UNSET
    project_id: UUID | None = None


class ContractSend(Input):
    """How a contract is sent."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"sendEmail": True}]})

    send_email: bool = True


class ContractView(Input):
    """What a client may send along when it looks at a contract."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"token": "the portal token, if not sent otherwise"}]})

    token: Token = None


class ContractSign(Input):
    """A signature on a contract."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"signatureData": "Zoë Client", "clientName": "Zoë Client", "consent": True, "textSha256": SHA256}
            ]
        }
    )

    signature_data: MarkData
    client_name: Annotated[str, StringConstraints(min_length=1, max_length=200), Clean, Field(description="Who signs.")]
    client_email: Annotated[
        Email | None, Field(description="Where the sealed PDF is mailed; the client's address if missing.")
    ] = None
    consent: Consent
    text_sha256: Annotated[
        str | None,
        StringConstraints(pattern="^[0-9a-fA-F]{64}$"),
        Field(description="The `textSha256` of what was looked at; another text is a conflict."),
    ] = None
    token: Token = None


class ContractDecline(Input):
    """Why not, if the client cares to say."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "We have found somebody else."}]})

    reason: Text = ""
    token: Token = None


class ContractSummaryForClient(Output):
    """A contract in a list, without its text, as its client sees it."""

    model_config = ConfigDict(json_schema_extra={"examples": [SUMMARY_FOR_CLIENT]})

    id: UUID
    client_id: UUID
    project_id: UUID | None
    title: str
    status: ContractStatus
    text_sha256: Annotated[
        str | None,
        Field(description="SHA-256 of title, an empty line (two line feeds) and body, in UTF-8; null for a draft."),
    ]
    sent_at: Timestamp | None
    signed_at: Timestamp | None
    signatures: list[SignaturePublic]
    file_id: Annotated[UUID | None, Field(description="The sealed PDF, once it is signed.")]
    declined_at: Timestamp | None
    decline_reason: str | None
    voided_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp


class ContractSummary(ContractSummaryForClient):
    """A contract in a list, without its text, as the agency sees it."""

    model_config = ConfigDict(json_schema_extra={"examples": [SUMMARY]})

    first_viewed_at: Timestamp | None
    last_viewed_at: Timestamp | None
    view_count: int


class ContractForClient(ContractSummaryForClient):
    """A contract as its client sees it."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_FOR_CLIENT]})

    body: str
    consent_text: str


class ContractPublic(ContractForClient):
    """A contract as the agency sees it: drafts too, and how often its client looked at it."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    first_viewed_at: Timestamp | None
    last_viewed_at: Timestamp | None
    view_count: int


class ContractDeleted(Output):
    """A draft that is gone."""

    id: UUID
    deleted: Literal[True] = True


def for_client(contract: Contract) -> ContractForClient:
    """What a client sees of it."""
    return ContractForClient.model_validate(contract)
