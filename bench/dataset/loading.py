"""Loads the whole data set into the databases of a stack."""

import asyncio

from bench.dataset import auth, billing, portal, projects
from bench.dataset.copying import copy
from bench.dataset.world import World


def load(admin_url: str, world: World) -> int:
    """Fill all databases at once; how many rows there are."""
    sources = {"auth": auth, "projects": projects, "billing": billing, "portal": portal}

    async def fill() -> list[dict[str, int]]:
        return await asyncio.gather(
            *(copy(admin_url, service, source.tables(world)) for service, source in sources.items())
        )

    return sum(sum(counts.values()) for counts in asyncio.run(fill()))
