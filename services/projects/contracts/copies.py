"""A contract as a PDF to take away: the draft, what was sent, or the sealed one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principals import Principal
from services.projects.context import Context
from services.projects.contracts import repository, sheets
from services.projects.contracts.models import Contract
from services.projects.contracts.service import parties_of, visible_contract


async def copy_of(
    session: AsyncSession, principal: Principal, *, contract_id: UUID, context: Context, now: datetime
) -> tuple[Contract, bytes]:
    """The contract and its PDF: after signing, the sealed one as it was sealed."""
    contract = await visible_contract(session, principal, contract_id)
    if contract.file_id:
        return contract, await context.store.get(
            await repository.sealed_key(session, contract.agency_id, contract.file_id)
        )
    parties = await parties_of(session, contract, context=context, now=now)
    return contract, await sheets.typeset(context, await sheets.sheet_of(session, contract, parties))
