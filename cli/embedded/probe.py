"""Asking a server on this machine whether it answers HTTP."""

import http.client

from cli.embedded.ports import LOOPBACK

SECONDS = 2


def http_status(port: int, path: str, host: str = LOOPBACK) -> int | None:
    """The status of GET `path`, or None when there is no answer."""
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        return response.status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
