"""B5: PDFs of invoices of 40 lines, beside Typst alone and beside WeasyPrint on the printable page."""

import asyncio
import json
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import asyncpg
import httpx

from bench.dataset.copying import database_url
from bench.dataset.world import Agency
from bench.duels import Duel, Outcome, fight, typical
from bench.limits.papers import sheet_file
from bench.loads import Load, Sample, request
from bench.report import Line
from bench.stack import Stack
from chassis.branding import Brand
from services.billing.invoices.models import Invoice
from services.billing.invoices.papers import paper_of
from services.billing.replicas.models import Client

LINES = 40
# A compiler remembers what went into its last ten documents, and nobody asks for one and the same paper all day: with
# so many that take turns, each is laid out anew on both sides.
PAPERS = 40
AS_TYPST, FASTER_THAN_WEASYPRINT = 1.3, 10
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


def measure(stack: Stack, token: str, *, rounds: int, count: int, weasyprint: str | None) -> list[Line]:
    """One paper at a time: what is compared is how long one takes. `weasyprint` is a Python that has WeasyPrint."""
    agency = stack.world.agencies[0]
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=stack.origin, headers=headers, timeout=30) as http:
        wanted = [_wanted(agency, number) for number in range(PAPERS)]
        ids = [http.post("/api/invoices", json=body).raise_for_status().json()["id"] for body in wanted]
        for number, sheet in enumerate(asyncio.run(_sheets(stack, agency, ids))):
            (stack.workspace / sheet_file(number)).write_text(json.dumps(sheet))
        paths = [f"/api/invoices/{id}/pdf?format=pdf" for id in ids]
        limits = [f"/limit/papers?number={number}" for number in range(PAPERS)]
        a, b = (http.get(place).raise_for_status().content for place in (paths[0], limits[0]))
        page = _with_style(http, http.get(f"/api/invoices/{ids[0]}/pdf?format=html").raise_for_status().text)
    # The same paper: its fonts, texts and pages come to the same bytes, but for the moment it was made.
    assert a[:5] == b[:5] == b"%PDF-", (a[:20], b[:20])
    assert abs(len(a) - len(b)) <= len(b) / 100, (len(a), len(b))
    work = f"PDF of an invoice, {LINES} lines"
    ours = Load(requests=[request("GET", path, headers=headers) for path in paths], connections=1)
    limit = Load(requests=[request("GET", path) for path in limits], connections=1)
    each = Duel(id="B5", work=work, ours=ours, limit=limit, count=count)
    # Here Typst has next to nothing to do: what is around it shows.
    one, alone = (Load(requests=load.requests[:1], connections=1) for load in (ours, limit))
    again = Duel(id="", work="  one and the same again and again", ours=one, limit=alone, count=count)
    outcome, repeated = fight(each, stack.port, rounds), fight(again, stack.port, rounds)
    peer = _peer(stack.workspace, page, typical(outcome.ours, _p50), weasyprint=weasyprint, count=count)
    return [_line(each, outcome, at_most=AS_TYPST), _line(again, repeated), peer]


def _line(duel: Duel, outcome: Outcome, *, at_most: float | None = None) -> Line:
    ratio = outcome.ratio(_p50)
    return Line(
        id=duel.id,
        work=f"{duel.work}: half made within (limit: Typst alone)",
        ours=f"{typical(outcome.ours, _p50):.1f} ms",
        limit=f"{typical(outcome.limit, _p50):.1f} ms",
        ratio=f"{ratio:.2f}",
        aim=f"<= {at_most}" if at_most else "",
        ok=ratio <= at_most if at_most else None,
    )


def _peer(workspace: Path, page: str, mine: float, *, weasyprint: str | None, count: int) -> Line:
    work, aim = "  WeasyPrint on the printable page, as a peer", f">= {FASTER_THAN_WEASYPRINT}x its speed"
    if weasyprint is None:
        return Line(work=work, ours="", limit="not installed", aim=aim)
    (workspace / "page.html").write_text(page)
    program = Path(__file__).parent / "limits" / "weasyprint_page.py"
    command = (weasyprint, str(program), str(workspace / "page.html"), str(max(3, count // 20)))
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    theirs = median(json.loads(done.stdout))
    faster = theirs / mine
    return Line(
        work=work,
        ours=f"{mine:.1f} ms",
        limit=f"{theirs:.0f} ms",
        ratio=f"{faster:.1f}",
        aim=aim,
        ok=faster >= FASTER_THAN_WEASYPRINT,
    )


async def _sheets(stack: Stack, agency: Agency, invoice_ids: list[str]) -> list[dict[str, Any]]:
    """What stands on the papers, as the service itself puts it."""
    connection = await asyncpg.connect(database_url(stack.admin_url, "portico_billing"))
    try:
        await connection.set_type_codec("jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")
        await connection.set_type_codec("json", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")
        rows = await connection.fetch(
            "SELECT * FROM invoices WHERE id = ANY ($1) ORDER BY array_position($1::uuid[], id)", invoice_ids
        )
        whose = await connection.fetch("SELECT * FROM clients WHERE id = $1", agency.clients[1].id)
    finally:
        await connection.close()
    client, brand = Client.model_validate(dict(whose[0])), {"brand": Brand().head(agency.name), "logo": ""}
    invoices = [Invoice.model_validate(dict(row)) for row in rows]
    return [{**paper_of(invoice, client, agency=agency.name, now=datetime.now(UTC)), **brand} for invoice in invoices]


def _wanted(agency: Agency, number: int) -> dict[str, Any]:
    lines = [
        {
            "description": f"Design of page {line} of part {number}",
            "quantity": 1 + (line + number) % 15 / 2,
            "unitPrice": 90 + 7 * line + number,
            "taxRate": 19,
            "taxName": "VAT",
        }
        for line in range(LINES)
    ]
    client_id = str(agency.clients[1].id)
    return {"clientId": client_id, "currency": "EUR", "dueDate": "2099-12-31", "lines": lines, "notes": "Thank you."}


def _with_style(http: httpx.Client, page: str) -> str:
    """The page with its style sheet inside, so that nobody waits for that."""
    return _STYLE.sub(lambda link: f"<style>{http.get(link[1]).raise_for_status().text}</style>", page)


def _p50(sample: Sample) -> float:
    return sample.percentile(50)
