"""The contract as a PDF: what stands on it, and the worker that sets it."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.branding import Brand, brand_of
from chassis.telemetry import log
from chassis.worker import JobFailed, Result
from services.projects.context import Context
from services.projects.contracts.fields import Parties
from services.projects.contracts.models import Contract, ContractStatus, ContractTooLong

DEADLINE_SECONDS = 10.0
_JOB = "services.projects.contracts.typesetting_job:typeset"
_STAMPS = {ContractStatus.DRAFT: "Draft", ContractStatus.DECLINED: "Declined", ContractStatus.VOID: "Void"}


async def sheet_of(session: AsyncSession, contract: Contract, parties: Parties) -> dict[str, object]:
    """All that stands on the paper, in the agency's dress; a draft as it would be sent now."""
    return _sheet(contract, parties, await brand_of(session, contract.agency_id))


async def typeset(context: Context, sheet: dict[str, object]) -> bytes:
    """The PDF; raises ContractTooLong, and Unavailable when it takes too long."""
    result = await _set(context, sheet)
    if not result.data["fits"]:
        raise ContractTooLong("The text has more paragraphs, items and rows than a contract can have.")
    return result.blob


def _sheet(contract: Contract, parties: Parties, brand: Brand) -> dict[str, object]:
    title, body = contract.title, contract.body
    if contract.status is ContractStatus.DRAFT:
        title, body = contract.filled(parties)
    return {
        "title": title,
        "body": body,
        "agency": parties.agency,
        "client": [name for name in (parties.client, parties.company) if name],
        "project": parties.project,
        "date": parties.date,
        "stamp": _STAMPS.get(contract.status, ""),
        "brand": brand.head(parties.agency),
        "logo_key": brand.logo_key or "",
    }


async def _set(context: Context, sheet: dict[str, object]) -> Result:
    """With the logo if it helps, else without."""
    worker = context.typesetter.worker
    if logo := await context.logos.read(str(sheet["logo_key"])):
        try:
            return await worker.run(_JOB, sheet, logo, deadline=DEADLINE_SECONDS)
        except JobFailed as error:
            log.warning("logo_unfit", key=sheet["logo_key"], error=error.kind)
    return await worker.run(_JOB, sheet, deadline=DEADLINE_SECONDS)
