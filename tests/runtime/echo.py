"""Stand-ins behind the gateway: five HTTP servers that say who they are and what reached them."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SERVICES = ("auth", "projects", "billing", "portal", "notify")
PAUSE_SECONDS = 0.6


class EchoServer(ThreadingHTTPServer):
    """One stand-in; `name` is the service it stands in for."""

    daemon_threads = True

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(("127.0.0.1", 0), EchoHandler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class EchoHandler(BaseHTTPRequestHandler):
    """Answers with what it received; `/stream` drips, `/status/503` answers so."""

    protocol_version = "HTTP/1.1"
    server: EchoServer

    def answer(self) -> None:
        received = len(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        if self.path.endswith("/stream"):
            self._drip()
            return
        code = int(self.path.rsplit("/", 1)[1]) if "/status/" in self.path else 200
        body = json.dumps(
            {
                "service": self.server.name,
                "path": self.path,
                "received": received,
                "headers": {name.lower(): value for name, value in self.headers.items()},
            }
        ).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Powered-By", "echo")
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, format: str, *args: object) -> None:
        """Keeps test output clean."""

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for number in range(2):
            self.wfile.write(f"data: {number} {time.monotonic()}\n\n".encode())
            self.wfile.flush()
            time.sleep(PAUSE_SECONDS)


@contextmanager
def echo_services() -> Iterator[dict[str, EchoServer]]:
    """Five running stand-ins by name."""
    with ExitStack() as stack:
        servers = {name: EchoServer(name) for name in SERVICES}
        for server in servers.values():
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
        yield servers
