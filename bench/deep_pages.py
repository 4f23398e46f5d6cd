"""B7: B1's page deep in the list of an agency with ten million invoices, and in that of one with ten thousand."""

import asyncio
import base64
from dataclasses import dataclass
from uuid import UUID

import asyncpg
import httpx

from bench.dataset.copying import database_url
from bench.duels import Duel, fight, typical
from bench.loads import Load, Sample, request
from bench.report import Line
from bench.stack import Stack

FEW, SLOWDOWN, PAGE = 10_000, 1.3, 50
# Older than whatever the data set holds, so that they stand behind it: 2001-09-09.
_BEGAN_MS = 1_000_000_000_000
_FIRST_NUMBER = 1_000_000
_BATCH = 100_000
# How deep: nine tenths of the list are newer.
_DEPTH = 0.1
_ID = """
(lpad(to_hex($2::bigint + n), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid
"""
# Copies of one sent invoice, each with an id and a number of its own.
_GROW = """
INSERT INTO invoices ({columns}, id, number)
SELECT {columns}, {id}, $3::bigint + n
FROM generate_series($4::bigint, $5::bigint) n,
     (SELECT * FROM invoices WHERE agency_id = $1 AND status = 'sent' AND jsonb_array_length(lines) = 2
      ORDER BY id LIMIT 1) one
"""


@dataclass(frozen=True)
class Pile:
    """Invoices to be added to an agency, one for each millisecond since a moment."""

    agency_id: UUID
    count: int
    began_ms: int

    @property
    def page(self) -> str:
        """The page behind nine tenths of them."""
        row = int(self.count * _DEPTH)
        after = UUID(int=((self.began_ms + row) << 80) | (7 << 76) | (2 << 62))
        cursor = base64.urlsafe_b64encode(after.bytes).rstrip(b"=").decode()
        return f"/api/invoices?limit={PAGE}&cursor={cursor}"


def measure(stack: Stack, tokens: list[str], *, rounds: int, count: int, many: int) -> list[Line]:
    """Both lists stand in one table; `many` is how many invoices the larger agency gets."""
    few, rest = Pile(stack.world.agencies[0].id, FEW, _BEGAN_MS), stack.world.agencies[1].id
    # After the others, because an id is nobody else's.
    large = Pile(rest, many, _BEGAN_MS + FEW)
    asyncio.run(_grow(stack, few, large))
    doors = [(tokens[1], large.page), (tokens[0], few.page)]
    for token, page in doors:
        _check(stack, token, page)
    loads = [
        Load(requests=[request("GET", page, headers={"Authorization": f"Bearer {token}"})]) for token, page in doors
    ]
    duel = Duel(
        id="B7",
        work=f"B1's page behind nine tenths of {many:,} invoices (limit: of {FEW:,})",
        ours=loads[0],
        limit=loads[1],
        count=count,
    )
    outcome = fight(duel, stack.port, rounds)
    slower = outcome.ratio(lambda sample: 1 / sample.rate)
    return [
        Line(
            id="B7",
            work=duel.work,
            ours=f"{typical(outcome.ours, _rate):,.0f}/s",
            limit=f"{typical(outcome.limit, _rate):,.0f}/s",
            ratio=f"{slower:.2f} slower",
            aim=f"<= {SLOWDOWN}",
            ok=slower <= SLOWDOWN,
        )
    ]


async def _grow(stack: Stack, *piles: Pile) -> None:
    """Add invoices; ten million take some 15 GB."""
    connection = await asyncpg.connect(database_url(stack.admin_url, "portico_billing"), command_timeout=600)
    try:
        found = await connection.fetch(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'invoices' AND column_name NOT IN ('id', 'number')"
        )
        grow = _GROW.format(columns=", ".join(row["column_name"] for row in found), id=_ID)
        for pile in piles:
            for start in range(0, pile.count, _BATCH):
                end = min(start + _BATCH, pile.count) - 1
                await connection.execute(grow, pile.agency_id, pile.began_ms, _FIRST_NUMBER, start, end)
        await connection.execute("VACUUM (ANALYZE) invoices")
    finally:
        await connection.close()


def _check(stack: Stack, token: str, path: str) -> None:
    with httpx.Client(base_url=stack.origin, timeout=30) as client:
        answer = client.get(path, headers={"Authorization": f"Bearer {token}"}).raise_for_status()
    assert len(answer.json()) == PAGE
    assert "next" in answer.links


def _rate(sample: Sample) -> float:
    return sample.rate
