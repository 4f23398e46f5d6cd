"""Reads multipart/form-data as it arrives (RFC 7578): part after part, never more of one in memory than a chunk."""

from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from chassis.errors import Invalid, TooLarge, UnsupportedMedia

MAX_PARTS = 12
MAX_HEADERS = 8
MAX_HEADER_BYTES = 8 * 1024
MAX_FIELD_BYTES = 8 * 1024
# What browsers write for these in names (WHATWG HTML, multipart/form-data encoding algorithm).
_ESCAPES = (("%22", '"'), ("%0D", "\r"), ("%0A", "\n"))


@dataclass(slots=True)
class Part:
    """One part: a field, or a file when it has a file name."""

    name: str
    file_name: str | None
    _form: "Form"

    async def chunks(self) -> AsyncIterator[bytes]:
        """Its bytes as they arrive; they can be read once, before the next part."""
        while (chunk := await self._form.next_chunk()) is not None:
            yield chunk

    async def text(self) -> str:
        """The value of a field; raises TooLarge past MAX_FIELD_BYTES."""
        value = bytearray()
        async for chunk in self.chunks():
            value += chunk
            if len(value) > MAX_FIELD_BYTES:
                raise TooLarge(f"The field {self.name[:100]!r} is too long.")
        try:
            text = value.decode()
        except UnicodeDecodeError as error:
            raise Invalid.field(self.name[:100], "must be UTF-8") from error
        if "\x00" in text:
            raise Invalid.field(self.name[:100], "must not contain a NUL character")
        return text.strip()


@dataclass(slots=True)
class _Head:
    headers: dict[str, bytes] = field(default_factory=dict)
    name: bytearray = field(default_factory=bytearray)
    value: bytearray = field(default_factory=bytearray)


class Form:
    """The parts of a body, in the order in which they arrive."""

    def __init__(self, content_type: str, body: AsyncIterator[bytes]) -> None:
        from python_multipart.multipart import MultipartParser

        self._body = body
        self._events: deque[_Head | bytes | None] = deque()
        self._head = _Head()
        self._parts = 0
        self._ended = False
        self._parser = MultipartParser(
            _boundary(content_type),
            {
                "on_part_begin": self._part_begin,
                "on_part_data": lambda data, start, end: self._events.append(data[start:end]),
                "on_part_end": lambda: self._events.append(None),
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": lambda: self._events.append(self._head),
                "on_end": self._end,
            },
            max_header_count=MAX_HEADERS,
            max_header_size=MAX_HEADER_BYTES,
        )

    async def parts(self) -> AsyncIterator[Part]:
        """Each part; what is not read of one is skipped. Raises Invalid when the body breaks off."""
        while True:
            event = await self._next()
            if event is None and self._ended and not self._events:
                return
            if isinstance(event, _Head):
                yield _part(event, self)

    async def next_chunk(self) -> bytes | None:
        """The next bytes of the present part, None at its end."""
        event = await self._next()
        return event if isinstance(event, bytes) else None

    async def _next(self) -> "_Head | bytes | None":
        from python_multipart.exceptions import FormParserError

        while not self._events:
            if self._ended:
                return None
            chunk = await anext(self._body, None)
            if chunk is None:
                raise Invalid("The form breaks off before its end.")
            try:
                self._parser.write(chunk)
            except FormParserError as error:
                raise Invalid("The body is not a well-formed multipart/form-data form.") from error
        return self._events.popleft()

    def _part_begin(self) -> None:
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise Invalid(f"A form may have {MAX_PARTS} parts at the most.")
        self._head = _Head()

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._head.name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._head.value += data[start:end]

    def _header_end(self) -> None:
        head = self._head
        head.headers[head.name.decode("latin-1").lower()] = bytes(head.value)
        head.name.clear()
        head.value.clear()

    def _end(self) -> None:
        self._ended = True


def _boundary(content_type: str) -> bytes:
    from python_multipart.multipart import parse_options_header

    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data":
        raise UnsupportedMedia("Send the file as multipart/form-data.")
    boundary = options.get(b"boundary", b"")
    if not 1 <= len(boundary) <= 70:
        raise Invalid("The Content-Type header names no usable boundary.")
    return boundary


def _part(head: _Head, form: Form) -> Part:
    from python_multipart.multipart import parse_options_header

    disposition = head.headers.get("content-disposition", b"").decode("latin-1")
    kind, options = parse_options_header(disposition)
    if kind != b"form-data" or b"name" not in options:
        raise Invalid("Every part of the form needs a Content-Disposition header with a name.")
    if head.headers.get("content-transfer-encoding", b"binary").lower() not in (b"binary", b"8bit", b"7bit"):
        raise Invalid("Parts must be sent as they are, without a Content-Transfer-Encoding.")
    file_name = _text(options[b"filename"]) if b"filename" in options else _extended_name(disposition)
    return Part(_text(options[b"name"]), file_name, form)


def _text(raw: bytes) -> str:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    for escaped, character in _ESCAPES:
        text = text.replace(escaped, character)
    return text


def _extended_name(disposition: str) -> str | None:
    """`filename*=UTF-8''...`: RFC 7578 forbids it in forms, but widespread clients send it for names beyond ASCII."""
    _, found, rest = disposition.partition("filename*=")
    charset, _, value = rest.partition("''")
    if not found or charset.strip().lower() != "utf-8":
        return None
    return unquote(value.partition(";")[0].strip())
