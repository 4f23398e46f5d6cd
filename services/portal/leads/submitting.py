"""The way in: what anyone fills into an intake form, as JSON or as a form with files."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.requests import ClientDisconnect

from chassis.errors import Invalid, KeyReused, NotFound, TooLarge, UnsupportedMedia
from chassis.http.dependencies import Address, Budgets, Now, Session
from chassis.http.forms import Form, Part
from chassis.http.problems import problems
from chassis.http.unit import STREAMS_BODY, JsonRequest, Router, unit_of
from services.portal.dependencies import Context, Portal
from services.portal.intake_forms.models import FieldType, IntakeForm
from services.portal.intake_forms.routes import AgencySlug, FormSlug
from services.portal.intake_forms.schemas import MAX_FILE_FIELDS, FormField
from services.portal.intake_forms.service import open_form
from services.portal.intake_forms.stamps import Verdict
from services.portal.leads import service
from services.portal.leads.answers import read_answers, require_files
from services.portal.leads.keeping import MAX_FILE_BYTES, Incoming
from services.portal.leads.models import LeadFile
from services.portal.leads.schemas import LeadReceived, LeadSubmission
from services.portal.leads.service import Sent

RATE = "20/10minutes"
MAX_SUBMISSION_BYTES = 256 * 1024
SUBMISSION_DEADLINE_S = 120
# What a form weighs beside its files.
FORM_SLACK_BYTES = MAX_SUBMISSION_BYTES + 64 * 1024
FIRST_PART = "submission"

_JSON = LeadSubmission.model_json_schema()
_EXAMPLE = _JSON.pop("examples")[0]
_FORM = {
    "type": "object",
    "required": [FIRST_PART],
    "properties": {FIRST_PART: {**_JSON, "description": "The same JSON as text; it must come before the files."}},
    "additionalProperties": {
        "type": "string",
        "contentMediaType": "application/octet-stream",
        "description": f"A file under the key of its field; {MAX_FILE_BYTES} bytes at most.",
    },
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": _JSON, "example": _EXAMPLE},
            "multipart/form-data": {"schema": _FORM},
        },
    }
}

router: APIRouter = Router(tags=["Intake"])


@router.post(
    "/api/portal/intake/{slug}/{form}",
    status_code=201,
    response_model=LeadReceived,
    openapi_extra=_BODY | STREAMS_BODY,
    responses=problems(NotFound, Invalid, KeyReused, TooLarge, UnsupportedMedia),
)
async def submit_intake_form(
    slug: AgencySlug,
    form: FormSlug,
    request: Request,
    session: Session,
    portal: Portal,
    budgets: Budgets,
    address: Address,
    now: Now,
) -> LeadReceived | Response:
    """Send what was filled into an intake form

    For anyone; 20 in 10 minutes from one address. JSON, or multipart/form-data where the form asks for files. The
    agency gets a lead. What looks like a machine's work is answered alike, but kept as spam and told to nobody.
    """
    await budgets.hit("intake", address, RATE)
    found = await open_form(portal.database, portal.directory, slug=slug, form=form)
    receiving = _Receiving(request, found, portal, now)
    sent = await receiving.read_in_time()
    if replay := await _claim(request, found, sent):
        return replay
    await service.receive_lead(session, found, sent=sent, now=now)
    return LeadReceived()


async def _claim(request: Request, form: IntakeForm, sent: Sent) -> Response | None:
    """The first answer to a repeated Idempotency-Key; two are the same when form, texts and bytes are."""
    unit = unit_of(request)
    unit.assume(form.agency_id)
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    files = sorted((file.field, file.sha256) for file in sent.files)
    told = (str(form.id), sent.submission.model_dump_json(exclude={"form_token"}), files)
    return await unit.claim(key, hashlib.sha256(repr(told).encode()).digest(), None)


@dataclass(slots=True)
class _Receiving:
    """One submission on its way in."""

    request: Request
    form: IntakeForm
    portal: Context
    now: datetime
    sent: Sent | None = None
    files: dict[str, LeadFile] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    async def read_in_time(self) -> Sent:
        """The whole of it; its files are in the store then."""
        try:
            async with asyncio.timeout(SUBMISSION_DEADLINE_S):
                return await self._read()
        except TimeoutError as error:
            raise Invalid("The form took too long to arrive.") from error

    async def _read(self) -> Sent:
        content_type = self.request.headers.get("content-type", "application/json")
        kind = content_type.partition(";")[0].strip().lower()
        if kind == "multipart/form-data":
            await self._read_form(content_type)
        elif kind == "application/json" or kind.endswith("+json"):
            self.sent = self._judged(await JsonRequest(self.request.scope, self.request.receive).body())
        else:
            raise UnsupportedMedia("Send JSON, or multipart/form-data where there are files.")
        if self.sent is None:
            raise Invalid.field(FIRST_PART, "is missing")
        if self.sent.spam:
            return self.sent
        require_files(self._fields, self.files)
        return Sent(self.sent.submission, self.sent.answers, tuple(self.files.values()))

    @property
    def _fields(self) -> list[FormField]:
        return [FormField.model_validate(one) for one in self.form.fields]

    def _judged(self, raw: bytes) -> Sent:
        """What was filled in, its answers read, and whether a person did it."""
        submission = _parsed(raw)
        answers = read_answers(self._fields, submission.answers)
        verdict = self.portal.stamps.judge(self.form, submission.form_token, self.now)
        doubtful = verdict is Verdict.DOUBTFUL or (verdict is Verdict.MISSING and self.form.from_page_only)
        return Sent(submission, answers, spam=doubtful or bool(submission.website))

    async def _read_form(self, content_type: str) -> None:
        length = self.request.headers.get("content-length", "0")
        if length.isdecimal() and int(length) > MAX_FILE_FIELDS * MAX_FILE_BYTES + FORM_SLACK_BYTES:
            raise TooLarge(f"A file may have {MAX_FILE_BYTES:,} bytes at most.")
        async for part in Form(content_type, _body(self.request)).parts():
            if part.name in self.seen:
                raise Invalid.field(part.name[:100], "was sent twice")
            self.seen.add(part.name)
            if part.name == FIRST_PART:
                self.sent = self._judged(await _text(part))
            else:
                await self._take_file(part)

    async def _take_file(self, part: Part) -> None:
        if self.sent is None:
            raise Invalid.field(FIRST_PART, "must come before the files")
        if part.name not in {one.key for one in self._fields if one.type is FieldType.FILE}:
            raise Invalid.field(f"answers.{part.name[:100]}", "is not a file of this form")
        if part.file_name is None:
            raise Invalid.field(f"answers.{part.name[:100]}", "must be a file")
        # Browsers send a file without a name where none was chosen. What machines send is not kept.
        if part.file_name and not self.sent.spam:
            incoming = Incoming(self.form.agency_id, part.name, part.file_name)
            self.files[part.name] = await self.portal.keeper.keep(incoming, part.chunks(), now=self.now)


def _parsed(raw: bytes) -> LeadSubmission:
    try:
        value: Any = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Invalid("The body is not valid JSON.") from error
    try:
        return LeadSubmission.model_validate(value)
    except ValidationError as error:
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in error.errors()]) from error


async def _text(part: Part) -> bytes:
    text = bytearray()
    async for chunk in part.chunks():
        text += chunk
        if len(text) > MAX_SUBMISSION_BYTES:
            raise TooLarge(f"The part {FIRST_PART!r} may have {MAX_SUBMISSION_BYTES:,} bytes at most.")
    return bytes(text)


async def _body(request: Request) -> AsyncIterator[bytes]:
    try:
        async for chunk in request.stream():
            if chunk:
                yield chunk
    except ClientDisconnect as error:
        raise Invalid("The form broke off.") from error
