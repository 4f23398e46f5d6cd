"""What the three limits share: a pool that gives connections back without a round trip, and the server's settings."""

import asyncpg
import uvicorn
import uvloop
from starlette.applications import Starlette


class PlainConnection(asyncpg.Connection):
    """No session state is ever set, so nothing has to be reset."""

    def get_reset_query(self) -> str:
        """Nothing."""
        return ""


async def open_pool(url: str, size: int = 8) -> asyncpg.Pool:
    """All connections open from the start."""
    return await asyncpg.create_pool(url, min_size=size, max_size=size, connection_class=PlainConnection)


def serve(app: Starlette, port: int) -> None:
    """Until SIGTERM."""
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        http="httptools",
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        backlog=2048,
        timeout_keep_alive=75,
    )
    uvloop.run(uvicorn.Server(config).serve())
