"""A small server that speaks the part of S3's REST protocol which the object store uses, on a free port."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

HTTP_DATE = "%a, %d %b %Y %H:%M:%S GMT"


@dataclass
class Bucket:
    """What the server holds, and what was asked of it."""

    objects: dict[str, tuple[bytes, dict[str, str]]] = field(default_factory=dict)
    uploads: dict[str, dict[int, bytes]] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    failing: bool = False


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bucket: Bucket

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _parse(self) -> tuple[str, dict[str, list[str]], bytes]:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        key = unquote(parts.path).removeprefix("/bucket").lstrip("/")
        return key, parse_qs(parts.query, keep_blank_values=True), self.rfile.read(length)

    def _kept_headers(self) -> dict[str, str]:
        return {name: value for name in ("Content-Type", "Content-Disposition") if (value := self.headers.get(name))}

    def do_PUT(self) -> None:
        key, query, body = self._parse()
        if self.bucket.failing:
            return self._answer(507)
        tag = {"ETag": f'"{md5(body, usedforsecurity=False).hexdigest()}"'}
        if "partNumber" in query:
            self.bucket.uploads[query["uploadId"][0]][int(query["partNumber"][0])] = body
        else:
            self.bucket.objects[key] = (body, self._kept_headers())
        self._answer(200, headers=tag)

    def do_POST(self) -> None:
        key, query, body = self._parse()
        if "uploads" in query:
            upload = f"upload-{len(self.bucket.headers)}"
            self.bucket.uploads[upload], self.bucket.headers[upload] = {}, self._kept_headers()
            xml = f"<InitiateMultipartUploadResult><UploadId>{upload}</UploadId></InitiateMultipartUploadResult>"
            return self._answer(200, xml.encode())
        if "delete" in query:
            named = [entry.split("</Key>")[0] for entry in body.decode().split("<Key>")[1:]]
            for name in named:
                self.bucket.objects.pop(name, None)
            gone = "".join(f"<Deleted><Key>{name}</Key></Deleted>" for name in named)
            return self._answer(200, f"<DeleteResult>{gone}</DeleteResult>".encode())
        upload = query["uploadId"][0]
        parts = self.bucket.uploads.pop(upload)
        self.bucket.objects[key] = (b"".join(parts[n] for n in sorted(parts)), self.bucket.headers[upload])
        xml = '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>'
        self._answer(200, xml.encode())

    def do_DELETE(self) -> None:
        key, query, _ = self._parse()
        if "uploadId" in query:
            self.bucket.uploads.pop(query["uploadId"][0], None)
        else:
            self.bucket.objects.pop(key, None)
        self._answer(204)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        key, query, _ = self._parse()
        now = datetime.now(UTC)
        if "list-type" in query:
            return self._answer(200, self._listing(query["prefix"][0], now).encode())
        if key not in self.bucket.objects:
            return self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        body, kept = self.bucket.objects[key]
        headers = {"Last-Modified": now.strftime(HTTP_DATE), "ETag": '"tag"', **kept}
        if wanted := self.headers.get("Range"):
            first, last = (int(part) for part in wanted.removeprefix("bytes=").split("-"))
            last = min(last, len(body) - 1)
            headers["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
            return self._answer(206, body[first : last + 1], headers)
        self._answer(200, body, headers)

    def _listing(self, prefix: str, now: datetime) -> str:
        entries = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(body)}</Size><ETag>tag</ETag>"
            f"<LastModified>{now:%Y-%m-%dT%H:%M:%S}.000Z</LastModified></Contents>"
            for key, (body, _) in sorted(self.bucket.objects.items())
            if key.startswith(prefix)
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{entries}</ListBucketResult>"


@contextmanager
def s3_server() -> Iterator[tuple[str, Bucket]]:
    """The endpoint's address and the bucket named `bucket` behind it."""
    bucket = Bucket()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"bucket": bucket}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", bucket
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
