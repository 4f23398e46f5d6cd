"""The upload: a form whose file goes straight from the socket to the object store."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from fastapi import Request, Response
from starlette.requests import ClientDisconnect

from chassis.errors import (
    Conflict,
    Forbidden,
    Invalid,
    KeyReused,
    NotFound,
    PorticoError,
    TooLarge,
    Unauthenticated,
    UnsupportedMedia,
)
from chassis.file_names import clean_name
from chassis.http.dependencies import Now, OptionalPrincipal, Session, needs_module
from chassis.http.etags import set_etag
from chassis.http.forms import Form, Part
from chassis.http.problems import problems
from chassis.http.unit import STREAMS_BODY, Router, unit_of
from chassis.principals import Client, Principal
from services.projects.context import Context
from services.projects.dependencies import Ctx
from services.projects.files.models import Content, File, FileAlreadySigned, FileSharingOff
from services.projects.files.schemas import FilePublic
from services.projects.files.storing import Upload, keep_upload, receive
from services.projects.projects.service import require_visible_project

# What a form weighs beside its file.
FORM_SLACK_BYTES = 256 * 1024
# A gigabyte at 50 KB/s; see GRACE of the sweeper, which must be far longer.
UPLOAD_DEADLINE_S = 6 * 3600
MODULE = "files"

_FIELDS = ("projectId", "notify", "visibleToClient", "token")
_WORDS = {
    "true": True,
    "1": True,
    "on": True,
    "yes": True,
    "false": False,
    "0": False,
    "off": False,
    "no": False,
    "": False,
}
_FORM = {
    "type": "object",
    "required": ["projectId", "file"],
    "additionalProperties": False,
    "properties": {
        "projectId": {"type": "string", "format": "uuid"},
        "notify": {"type": "boolean", "default": False, "description": "Mail the client that it is there."},
        "visibleToClient": {
            "type": "boolean",
            "description": "True by default with `notify` and for a client's own upload, else false; "
            "a new version stays as visible as its file was.",
        },
        "token": {"type": "string", "description": "A client's portal token; it must come before the file."},
        "file": {"type": "string", "contentMediaType": "application/octet-stream"},
    },
}
_BODY = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}}

router = Router(prefix="/api/files", tags=["Files"], dependencies=[needs_module(MODULE)])


@router.post(
    "",
    status_code=201,
    response_model=FilePublic,
    openapi_extra=_BODY | STREAMS_BODY,
    responses=problems(
        Conflict, NotFound, FileAlreadySigned, FileSharingOff, Invalid, KeyReused, TooLarge, UnsupportedMedia
    ),
)
async def upload_file(
    request: Request, session: Session, principal: OptionalPrincipal, ctx: Ctx, now: Now, response: Response
) -> File | Response:
    """Upload a file to a project. A file of the same name becomes its next version.

    Send the fields before the file: a wrong one is then refused before the bytes are sent.
    """
    if principal:
        _require_sharing(principal)
    receiving = _Receiving(request, principal, ctx)
    try:
        upload = await receiving.read_in_time()
        sender = receiving.sender
        if replay := await _replay(request, sender, upload):
            await receiving.discard()
            return replay
        file = await keep_upload(session, sender, upload=upload, now=now)
    except BaseException:
        await receiving.discard()
        raise
    set_etag(response, file.version)
    return file


async def _replay(request: Request, principal: Principal, upload: Upload) -> Response | None:
    """The first answer to a repeated Idempotency-Key; two uploads are the same when fields, name and bytes are."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    told = (upload.project_id, upload.name, upload.content.sha256, upload.notify, upload.visible)
    return await unit_of(request).claim(key, hashlib.sha256(repr(told).encode()).digest(), principal)


@dataclass(slots=True)
class _Receiving:
    """One upload under way."""

    request: Request
    principal: Principal | None
    ctx: Context
    fields: dict[str, str] = field(default_factory=dict)
    name: str | None = None
    content: Content | None = None

    @property
    def sender(self) -> Principal:
        """Whose upload it is; Unauthenticated while nobody has said so."""
        if self.principal is None:
            raise Unauthenticated
        return self.principal

    async def read_in_time(self) -> Upload:
        """Read the whole form; its file is in the store then. Whoever shows no credential learns nothing else."""
        try:
            async with asyncio.timeout(UPLOAD_DEADLINE_S):
                return await self._read()
        except TimeoutError as error:
            raise Invalid("The upload took too long.") from error
        except PorticoError as error:
            if self.principal is None and not isinstance(error, Forbidden):
                raise Unauthenticated from None
            raise

    async def discard(self) -> None:
        """Remove the bytes again; should that fail, the sweeper does it."""
        if self.content:
            with suppress(Exception):
                await asyncio.shield(self.ctx.store.delete(self.content.storage_key))

    async def _read(self) -> Upload:
        self._refuse_too_large()
        form = Form(self.request.headers.get("content-type", ""), _body(self.request))
        async for part in form.parts():
            await self._take(part)
        if self.name is None or self.content is None:
            raise Invalid.field("file", "is missing")
        return Upload(
            project_id=self._project_id(),
            name=self.name,
            content=self.content,
            notify=bool(self._flag("notify")),
            visible=self._flag("visibleToClient"),
        )

    async def _take(self, part: Part) -> None:
        if part.name == "file":
            await self._take_file(part)
        elif part.name not in _FIELDS:
            raise Invalid.field(part.name[:100], "is not a field of this form")
        elif part.name in self.fields:
            raise Invalid.field(part.name, "was sent twice")
        else:
            self.fields[part.name] = await part.text()
        if part.name == "token":
            await self._identify(self.fields["token"])

    async def _identify(self, token: str) -> None:
        """A portal token in the form counts as it does in other bodies, but nobody's bytes are taken before it."""
        if self.content:
            raise Invalid.field("token", "must come before the file")
        self.principal = await self.request.app.state.chassis.authenticator.portal(token)
        _require_sharing(self.sender)
        unit_of(self.request).assume(self.sender.agency_id)

    async def _take_file(self, part: Part) -> None:
        sender = self.sender
        if self.content:
            raise Invalid.field("file", "was sent twice; upload one file at a time")
        if not part.file_name:
            raise Invalid.field("file", "must be a file with a name")
        if "projectId" in self.fields:
            self._flag("notify")
            self._flag("visibleToClient")
            async with self.ctx.database.reader(sender.agency_id) as reader:
                await require_visible_project(reader, sender, self._project_id())
        self.name = clean_name(part.file_name)
        self.content = await receive(
            self.ctx.store,
            agency_id=sender.agency_id,
            name=self.name,
            chunks=part.chunks(),
            limit=self.ctx.settings.max_upload_bytes,
        )

    def _refuse_too_large(self) -> None:
        limit = self.ctx.settings.max_upload_bytes
        length = self.request.headers.get("content-length", "0")
        if length.isdecimal() and int(length) > limit + FORM_SLACK_BYTES:
            raise TooLarge(f"A file may have {limit} bytes at most.")

    def _project_id(self) -> UUID:
        try:
            return UUID(self.fields["projectId"])
        except KeyError as error:
            raise Invalid.field("projectId", "is missing") from error
        except ValueError as error:
            raise Invalid.field("projectId", "is not an id") from error

    def _flag(self, name: str) -> bool | None:
        if name not in self.fields:
            return None
        try:
            return _WORDS[self.fields[name].lower()]
        except KeyError as error:
            raise Invalid.field(name, "must be true or false") from error


def _require_sharing(principal: Principal) -> None:
    if isinstance(principal, Client):
        principal.require_module(MODULE)
        if not principal.may_share_files:
            raise FileSharingOff


async def _body(request: Request) -> AsyncIterator[bytes]:
    try:
        async for chunk in request.stream():
            if chunk:
                yield chunk
    except ClientDisconnect as error:
        raise Invalid("The upload broke off.") from error
