"""B5: the PDF of an invoice of 40 lines, beside Typst alone and beside WeasyPrint on the printable page."""

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
from bench.duels import Duel, fight, typical
from bench.limits.papers import SHEET
from bench.loads import Load, Sample, request
from bench.report import Line
from bench.stack import Stack
from chassis.branding import Brand
from services.billing.invoices.models import Invoice
from services.billing.invoices.papers import paper_of
from services.billing.replicas.models import Client

LINES = 40
AS_TYPST, FASTER_THAN_WEASYPRINT = 1.3, 10
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


def measure(stack: Stack, token: str, *, rounds: int, count: int, weasyprint: str | None) -> list[Line]:
    """One paper at a time: what is compared is how long one takes. `weasyprint` is a Python that has WeasyPrint."""
    agency = stack.world.agencies[0]
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=stack.origin, headers=headers, timeout=30) as http:
        made = http.post("/api/invoices", json=_wanted(agency)).raise_for_status().json()
        path = f"/api/invoices/{made['id']}/pdf"
        (stack.workspace / SHEET).write_text(json.dumps(asyncio.run(_sheet(stack, agency, made["id"]))))
        ours, limit = (http.get(place).raise_for_status().content for place in (f"{path}?format=pdf", "/limit/papers"))
        page = _with_style(http, http.get(f"{path}?format=html").raise_for_status().text)
    # The same paper: its fonts, texts and pages come to the same bytes, but for the moment it was made.
    assert ours[:5] == limit[:5] == b"%PDF-", (ours[:20], limit[:20])
    assert abs(len(ours) - len(limit)) <= len(limit) / 100, (len(ours), len(limit))
    duel = Duel(
        id="B5",
        work=f"PDF of an invoice, {LINES} lines",
        ours=Load(requests=[request("GET", f"{path}?format=pdf", headers=headers)], connections=1),
        limit=Load(requests=[request("GET", "/limit/papers")], connections=1),
        count=count,
    )
    outcome = fight(duel, stack.port, rounds)
    mine, ratio = typical(outcome.ours, _p50), outcome.ratio(_p50)
    as_typst = Line(
        id="B5",
        work=f"{duel.work}: half made within (limit: Typst alone)",
        ours=f"{mine:.1f} ms",
        limit=f"{typical(outcome.limit, _p50):.1f} ms",
        ratio=f"{ratio:.2f}",
        aim=f"<= {AS_TYPST}",
        ok=ratio <= AS_TYPST,
    )
    return [as_typst, _peer(stack.workspace, page, mine, weasyprint=weasyprint, count=count)]


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


async def _sheet(stack: Stack, agency: Agency, invoice_id: str) -> dict[str, Any]:
    """What stands on the paper, as the service itself puts it."""
    connection = await asyncpg.connect(database_url(stack.admin_url, "portico_billing"))
    try:
        await connection.set_type_codec("jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")
        await connection.set_type_codec("json", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")
        row = await connection.fetchrow("SELECT * FROM invoices WHERE id = $1", invoice_id)
        client = await connection.fetchrow("SELECT * FROM clients WHERE id = $1", row["client_id"])
    finally:
        await connection.close()
    invoice = Invoice.model_validate(dict(row))
    sheet = paper_of(invoice, Client.model_validate(dict(client)), agency=agency.name, now=datetime.now(UTC))
    return {**sheet, "brand": Brand().head(agency.name), "logo": ""}


def _wanted(agency: Agency) -> dict[str, Any]:
    lines = [
        {"description": f"Design of page {number}", "quantity": 1.5, "unitPrice": 120, "taxRate": 19, "taxName": "VAT"}
        for number in range(LINES)
    ]
    client_id = str(agency.clients[0].id)
    return {"clientId": client_id, "currency": "EUR", "dueDate": "2099-12-31", "lines": lines, "notes": "Thank you."}


def _with_style(http: httpx.Client, page: str) -> str:
    """The page with its style sheet inside, so that nobody waits for that."""
    return _STYLE.sub(lambda link: f"<style>{http.get(link[1]).raise_for_status().text}</style>", page)


def _p50(sample: Sample) -> float:
    return sample.percentile(50)
