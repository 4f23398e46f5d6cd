"""What an agency can do with a contract: make, change, send, withdraw; and how both sides read it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import Conflict, Invalid, NotFound
from chassis.principals import Principal, Staff
from services.projects import events
from services.projects.audience import Audience
from services.projects.context import Context
from services.projects.contract_templates.service import get_template
from services.projects.contracts import repository, sheets
from services.projects.contracts.fields import Parties
from services.projects.contracts.filters import ContractFilter
from services.projects.contracts.models import Contract, ContractStatus, require_source
from services.projects.contracts.schemas import ContractCreate, ContractUpdate
from services.projects.listing import Listing, listing
from services.projects.replicas.service import client_of, require_client


class ContractClientHasNoEmail(Conflict):
    """A contract is to be mailed to a client without an address."""

    default = "The client has no e-mail address. Add one, or send the contract with sendEmail: false."


async def create_contract(
    session: AsyncSession, staff: Staff, *, wanted: ContractCreate, context: Context, now: datetime
) -> Contract:
    """Make a draft, of a text or a template. Raises Invalid for an unknown client, project, template or merge field."""
    require_source(wanted.body, wanted.template_id)
    title, body = wanted.title, wanted.body
    if wanted.template_id is not None:
        title, body = await _of_template(session, staff, wanted.template_id, title)
    if title is None:
        raise Invalid.field("title", "is missing")
    await require_client(session, staff.agency_id, client_id=wanted.client_id, directory=context.directory, now=now)
    await _require_project(session, staff.agency_id, wanted.client_id, wanted.project_id)
    contract = Contract(
        agency_id=staff.agency_id, client_id=wanted.client_id, title="", body="", created_at=now, updated_at=now
    )
    contract.write(title=title, body=body or "", project_id=wanted.project_id, now=now)
    await repository.add(session, contract)
    return contract


async def visible_contract(
    session: AsyncSession, principal: Principal, contract_id: UUID, *, lock: bool = False
) -> Contract:
    """The contract; NotFound for one that the principal may not see: clients see what was sent to them."""
    contract = await repository.get(session, Audience.of(principal), contract_id, lock=lock)
    if contract is None:
        raise NotFound
    return contract


async def list_contracts(
    reader: Reader, principal: Principal, *, wanted: ContractFilter, after: UUID | None, limit: int
) -> Listing:
    """A page of the contracts that the principal may see, newest first, without their texts."""
    rows = await repository.page(reader, Audience.of(principal), wanted=wanted, after=after, limit=limit + 1)
    return listing(rows, limit)


async def update_contract(
    session: AsyncSession, staff: Staff, *, contract: Contract, wanted: ContractUpdate, now: datetime
) -> None:
    """Change a draft that is held."""
    changes = wanted.changes()
    project_id = changes.get("project_id", contract.project_id)
    if project_id != contract.project_id:
        await _require_project(session, staff.agency_id, contract.client_id, project_id)
    title, body = changes.get("title", contract.title), changes.get("body", contract.body)
    contract.write(title=title, body=body, project_id=project_id, now=now)
    await repository.save(session, contract, now)


async def delete_contract(session: AsyncSession, *, contract: Contract) -> None:
    """Throw a draft away."""
    contract.require_draft()
    await repository.remove(session, contract)


async def send_contract(
    session: AsyncSession, staff: Staff, *, contract_id: UUID, send_email: bool, context: Context, now: datetime
) -> Contract:
    """Fill a draft's fields for good and show it to its client, or mail what waits for an answer once more.

    A draft is set in type before it is held, and no transaction is open meanwhile: what cannot be is not sent.
    """
    async with context.database.unit(staff.agency_id) as look:
        shown = await visible_contract(look, staff, contract_id)
        parties = await parties_of(look, shown, context=context, now=now)
        sheet = await sheets.sheet_of(look, shown, parties)
    if shown.status is ContractStatus.DRAFT:
        await sheets.typeset(context, sheet)
    contract = await visible_contract(session, staff, contract_id, lock=True)
    if send_email and not (await client_of(session, staff.agency_id, contract.client_id)).email:
        raise ContractClientHasNoEmail
    contract.require_unchanged(shown.version)
    contract.send(parties, now)
    await repository.save(session, contract, now)
    await events.contract_sent(session, contract, actor=staff.actor, now=now, send_email=send_email)
    return contract


async def void_contract(session: AsyncSession, staff: Staff, *, contract_id: UUID, now: datetime) -> Contract:
    """Withdraw what was sent and is not signed."""
    contract = await visible_contract(session, staff, contract_id, lock=True)
    contract.void(now)
    await repository.save(session, contract, now)
    await events.contract_voided(session, contract, actor=staff.actor, now=now)
    return contract


async def parties_of(session: AsyncSession, contract: Contract, *, context: Context, now: datetime) -> Parties:
    """Between whom it is: as it was sent, or as it would be sent now."""
    if contract.parties is not None:
        return Parties(**contract.parties)
    client = await client_of(session, contract.agency_id, contract.client_id)
    project = None
    if contract.project_id:
        project = await repository.project_facts(session, contract.agency_id, contract.project_id)
    agency = await context.directory.get_agency(contract.agency_id)
    return Parties(
        agency=agency.name,
        client=client.name,
        company=client.company,
        project=project.name if project else "",
        date=agency.day_at(now).isoformat(),
    )


async def _of_template(session: AsyncSession, staff: Staff, template_id: UUID, title: str | None) -> tuple[str, str]:
    try:
        template = await get_template(session, staff, template_id)
    except NotFound:
        raise Invalid.field("templateId", "is not a contract template of this agency") from None
    return title or template.title, template.body


async def _require_project(session: AsyncSession, agency_id: UUID, client_id: UUID, project_id: UUID | None) -> None:
    if project_id is None:
        return
    project = await repository.project_facts(session, agency_id, project_id)
    if project is None or not project.live or project.client_id != client_id:
        raise Invalid.field("projectId", "is not a project of this client")
