"""Bodies of the signatures' REST."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from chassis.schemas import Clean, Email, Output, Timestamp
from services.projects.files.schemas import SHA256, Decision
from services.projects.signatures.models import Doubt, SignatureKind

MarkData = Annotated[
    str,
    StringConstraints(min_length=1, max_length=1_000_000),
    Clean,
    Field(description="A PNG data URL (drawn), or plain text of 1 to 200 characters (typed)."),
]


class SignRequest(Decision):
    """A signature, and the version that was looked at: a newer one meanwhile is a conflict."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"signatureData": "Zoë Client", "clientName": "Zoë Client", "clientEmail": "zoe@client.example"}
            ]
        }
    )

    signature_data: MarkData
    client_name: Annotated[
        str | None, StringConstraints(max_length=200), Clean, Field(description="Who signs; the client if missing.")
    ] = None
    client_email: Annotated[
        Email | None, Field(description="Where the sealed PDF is mailed; the client's address if missing.")
    ] = None


class SignatureRecord(Output):
    """What was recorded of a signature: who, what, when, from where, how authenticated."""

    id: UUID
    file_id: Annotated[UUID | None, Field(description="The file that was signed.")]
    version: Annotated[int | None, Field(validation_alias="file_version", description="Which version of it.")]
    contract_id: Annotated[UUID | None, Field(description="The contract that was signed, where it was no file.")]
    sha256: Annotated[str, Field(description="Of the file's bytes, or of the contract's text.")]
    consent: Annotated[str | None, Field(description="What the signer agreed to; unknown of the oldest signatures.")]
    kind: SignatureKind
    name: str
    email: str | None
    signed_at: Timestamp
    ip: str
    user_agent: str
    via: str
    sealed_file_id: UUID
    sealed_sha256: str
    holds_pages: Annotated[bool, Field(description="Whether the sealed PDF holds the file's own pages.")]
    without: Annotated[str, Field(description="Why it does not; else empty.")]


class TrailPublic(Output):
    """Whether the agency's chain of signatures holds from its first entry to its last."""

    entries: int
    intact: bool
    first_bad: Annotated[UUID | None, Field(description="The first entry that was altered or follows a missing one.")]


class EvidencePublic(Output):
    """A signature's record, and whether the trail that keeps it is unbroken."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "signature": {
                        "id": "01999a3e-7a10-7c55-9d5e-2f6f3f1f0a11",
                        "fileId": "01999a3e-1111-7c55-9d5e-2f6f3f1f0a11",
                        "version": 1,
                        "contractId": None,
                        "sha256": SHA256,
                        "consent": "The signer has seen this version of the file, and agrees to its content.",
                        "kind": "typed",
                        "name": "Zoë Client",
                        "email": "zoe@client.example",
                        "signedAt": "2026-11-21T09:30:00.000Z",
                        "ip": "203.0.113.9",
                        "userAgent": "Mozilla/5.0",
                        "via": "portal_token",
                        "sealedFileId": "01999a3e-2222-7c55-9d5e-2f6f3f1f0a11",
                        "sealedSha256": SHA256,
                        "holdsPages": True,
                        "without": "",
                    },
                    "trail": {"entries": 12, "intact": True, "firstBad": None},
                }
            ]
        }
    )

    signature: SignatureRecord
    trail: TrailPublic


class VerificationPublic(Output):
    """Whether a PDF was sealed here and is untouched; what was signed and when, of one that was."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "valid": True,
                    "reason": None,
                    "contractId": "0198f7c8-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
                    "fileId": None,
                    "signedAt": "2026-11-21T09:30:00.000Z",
                    "sha256": SHA256,
                }
            ]
        }
    )

    valid: bool
    reason: Annotated[
        Doubt | None,
        Field(
            description="Why not: `unknown` was altered or never sealed here; `record_damaged` has bytes that are on"
            " record here, but the record does not hold."
        ),
    ]
    contract_id: Annotated[UUID | None, Field(description="The contract that was signed.")]
    file_id: Annotated[UUID | None, Field(description="The file that was signed, where it was a file.")]
    signed_at: Timestamp | None
    sha256: Annotated[str, Field(description="Of what was sent.")]
