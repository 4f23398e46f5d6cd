"""REST of the public check: whether a PDF was sealed here and is untouched."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import Request
from starlette.requests import ClientDisconnect

from chassis.errors import Invalid, TooLarge, UnsupportedMedia
from chassis.http.dependencies import Address, Budgets, Wide
from chassis.http.forms import Form
from chassis.http.problems import problems
from chassis.http.unit import STREAMS_BODY, Router
from services.projects.dependencies import Ctx
from services.projects.signatures import verifying
from services.projects.signatures.schemas import VerificationPublic
from services.projects.signatures.verifying import Looked, PaperVerdict

FIELD = "file"
# What a form weighs beside its file.
FORM_SLACK_BYTES = 16 * 1024
UPLOAD_DEADLINE_S = 60

_FILE = {
    "type": "string",
    "contentMediaType": "application/pdf",
    "description": f"A PDF, {verifying.MAX_BYTES:,} bytes at most.",
}
_FORM = {"type": "object", "required": [FIELD], "additionalProperties": False, "properties": {FIELD: _FILE}}
_BODY = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}}

router = Router(tags=["Signatures"])


@router.post(
    "/api/contracts/verify",
    response_model=VerificationPublic,
    openapi_extra=_BODY | STREAMS_BODY,
    responses=problems(Invalid, TooLarge, UnsupportedMedia),
)
async def verify_paper(request: Request, session: Wide, ctx: Ctx, address: Address, budgets: Budgets) -> PaperVerdict:
    """Tell whether a PDF was sealed here and is untouched, be it of a contract or of a file.

    Whoever has the PDF may ask, without a credential; it is not kept. One changed byte makes it `unknown`.
    """
    await budgets.hit("verify", address, ctx.settings.verifications_per_address)
    looked = await _look_in_time(request)
    return await verifying.verify_paper(session, looked, context=ctx)


async def _look_in_time(request: Request) -> Looked:
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > verifying.MAX_BYTES + FORM_SLACK_BYTES:
        raise verifying.too_large()
    try:
        async with asyncio.timeout(UPLOAD_DEADLINE_S):
            return await _look(request)
    except TimeoutError as error:
        raise Invalid("The upload took too long.") from error


async def _look(request: Request) -> Looked:
    looked = None
    async for part in Form(request.headers.get("content-type", ""), _body(request)).parts():
        if part.name != FIELD:
            raise Invalid.field(part.name[:100], "is not a field of this form")
        if looked:
            raise Invalid.field(FIELD, "was sent twice; send one PDF")
        if part.file_name is None:
            raise Invalid.field(FIELD, "must be a file")
        looked = await verifying.look_at(part.chunks())
    if looked is None:
        raise Invalid.field(FIELD, "is missing")
    return looked


async def _body(request: Request) -> AsyncIterator[bytes]:
    try:
        async for chunk in request.stream():
            if chunk:
                yield chunk
    except ClientDisconnect as error:
        raise Invalid("The upload broke off.") from error
