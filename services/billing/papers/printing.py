"""Papers in the agency's dress: its name, colour and logo at the head, and the PDF with the logo in it."""

from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.branding import brand_of
from chassis.telemetry import log
from chassis.worker import JobFailed
from services.billing.context import Context
from services.billing.papers.sheets import breakable

TEMPLATES = Path(__file__).parent / "templates"
_LOGO = "logo.png"


async def branded(session: AsyncSession, sheet: dict[str, Any], *, agency_id: UUID, agency: str) -> dict[str, Any]:
    """The sheet with the agency's brand at its head; `agency` is its own name."""
    brand = await brand_of(session, agency_id)
    head = brand.head(agency)
    names = {part: breakable(head[part]) for part in ("name", "by")}
    return {**sheet, "brand": {**head, **names}, "logo_key": brand.logo_key}


async def pdf_of(context: Context, template: str, sheet: dict[str, Any]) -> bytes:
    """The PDF of a branded sheet; raises Unavailable when it takes too long. It does without a logo that is no help."""
    typesetter = context.typesetter
    if logo := await context.logos.read(sheet["logo_key"]):
        try:
            return await typesetter.pdf(TEMPLATES, template, {**sheet, "logo": _LOGO}, files={_LOGO: logo})
        except JobFailed as error:
            log.warning("logo_unfit", key=sheet["logo_key"], error=error.kind)
    return await typesetter.pdf(TEMPLATES, template, {**sheet, "logo": ""})
