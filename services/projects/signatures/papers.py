"""From a signed paper to its sealed PDF: what the worker is asked, and what is done when it cannot."""

import base64
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

from chassis.errors import Invalid
from chassis.principals import Client
from chassis.telemetry import log
from chassis.worker import DeadlinePassed, WorkerDied
from services.projects.context import Context
from services.projects.signatures import keys
from services.projects.signatures.marks import FIELD, Drawn, Typed
from services.projects.signatures.models import SealingKey

PAGES_DEADLINE_SECONDS = 15.0
CERTIFICATE_DEADLINE_SECONDS = 10.0
PICTURE_DEADLINE_SECONDS = 10.0

_JOBS = "services.projects.signatures"
_VIA = {
    "portal_token": "Portal link, sent to the client",
    "session": "Portal session of the client",
    "key": "Key of the client, held by the agency's own product",
}


class PaperCannotBeSealed(RuntimeError):
    """Pages that we have made ourselves cannot be sealed."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, from where, and how they are known."""

    client: Client
    name: str
    email: str | None
    ip: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the certificate on what was signed; `code` is for what machines compare."""

    label: str
    value: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """What is signed: its pages, what the certificate tells of it, and what the signer agrees to.

    Without pages, `without` ends a sentence after "because"; `needs_pages` refuses to seal it so.
    """

    id: UUID
    agency: str
    told: tuple[Told, ...]
    consent: str
    pdf: bytes
    without: str = ""
    needs_pages: bool = False


@dataclass(frozen=True, slots=True)
class Sealed:
    """The sealed PDF, the key that sealed it, and whether the paper's own pages are in it (else why not)."""

    pdf: bytes
    key: SealingKey
    holds_pages: bool
    without: str


async def redrawn(context: Context, mark: Typed | Drawn) -> bytes:
    """The picture of a drawn signature, made anew; nothing for a typed one. Raises Invalid."""
    if isinstance(mark, Typed):
        return b""
    result = await context.typesetter.worker.run(
        f"{_JOBS}.pictures:redraw", {}, mark.png, deadline=PICTURE_DEADLINE_SECONDS
    )
    if "refused" in result.data:
        raise Invalid.field(FIELD, str(result.data["refused"]))
    return result.blob


async def seal(
    context: Context, paper: Paper, signer: Signer, *, mark: Typed | Drawn, signature_id: UUID, now: datetime
) -> Sealed:
    """The sealed PDF of a paper; one whose pages cannot be taken over is sealed by a certificate alone."""
    picture = await redrawn(context, mark)
    key = await keys.current_key(context, now)
    job: dict[str, object] = {
        "certificate": base64.b64encode(key.certificate).decode(),
        "key": base64.b64encode(keys.open_key(context, key)).decode(),
        "picture": base64.b64encode(picture).decode(),
        "facts": {
            **_facts(paper, signer, mark=mark, now=now),
            "sealedBy": f"Portico at {urlsplit(context.settings.public_url).hostname}",
            "signature": str(signature_id),
        },
        "field": f"PorticoSeal-{signature_id.hex}",
        "signer": signer.name,
    }
    sealed = await _sealed(context, paper, job, key)
    if paper.needs_pages and not sealed.holds_pages:
        raise PaperCannotBeSealed(f"{paper.id}: {sealed.without}")
    return sealed


async def _sealed(context: Context, paper: Paper, job: dict[str, object], key: SealingKey) -> Sealed:
    worker, name, without = context.typesetter.worker, f"{_JOBS}.sealing:seal", paper.without
    if not without:
        try:
            result = await worker.run(name, job | {"without": ""}, paper.pdf, deadline=PAGES_DEADLINE_SECONDS)
            return Sealed(result.blob, key, bool(result.data["pages"]), str(result.data["without"]))
        except (DeadlinePassed, WorkerDied) as error:
            if paper.needs_pages:
                raise
            log.warning("paper_too_hard", paper=str(paper.id), reason=type(error).__name__)
            without = "its pages could not be read in the time and memory that they may take"
    result = await worker.run(name, job | {"without": without}, deadline=CERTIFICATE_DEADLINE_SECONDS)
    return Sealed(result.blob, key, holds_pages=False, without=without)


def _facts(paper: Paper, signer: Signer, *, mark: Typed | Drawn, now: datetime) -> dict[str, object]:
    client = signer.client
    known_as = f"{client.name} <{client.email}>" if client.email else client.name
    return {
        "agency": paper.agency,
        "told": [asdict(line) for line in paper.told],
        "signer": {
            "name": signer.name,
            "email": signer.email,
            "at": f"{now.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
            "by": f"{_VIA[client.via]}: {known_as}",
            "credential": str(client.credential_id),
            "ip": signer.ip,
            "agent": signer.user_agent,
        },
        "typed": mark.text if isinstance(mark, Typed) else None,
        "consent": paper.consent,
    }
