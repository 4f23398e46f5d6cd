"""What a client can do with a contract: look at it, sign it, decline."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Conflict, NotFound
from chassis.file_names import clean_name
from chassis.ids import new_id
from chassis.principals import Client
from services.projects import events
from services.projects.context import Context
from services.projects.contracts import repository, sheets
from services.projects.contracts.fields import Parties
from services.projects.contracts.models import CONSENT, Contract
from services.projects.contracts.service import visible_contract
from services.projects.files import storing
from services.projects.signatures import papers
from services.projects.signatures.marks import parse_mark
from services.projects.signatures.papers import Paper, Told
from services.projects.signatures.recording import Given, record, sealed_name, signature_of


@dataclass(frozen=True, slots=True)
class ContractSigning:
    """What a client sends to sign a contract, and the hash of the text that it looked at, if it says so."""

    contract_id: UUID
    seen_sha256: str | None
    given: Given


async def view_contract(session: AsyncSession, client: Client, *, contract_id: UUID, now: datetime) -> Contract:
    """Count that the client looked at it in person; the first look at what waits for an answer is announced."""
    contract = await visible_contract(session, client, contract_id, lock=True)
    is_first = contract.view(now)
    await repository.save(session, contract, now)
    if is_first:
        await events.contract_viewed(session, contract, actor=client.actor, now=now)
    return contract


async def decline_contract(
    session: AsyncSession, client: Client, *, contract_id: UUID, reason: str, now: datetime
) -> Contract:
    """Say no to it."""
    contract = await visible_contract(session, client, contract_id, lock=True)
    contract.decline(reason, now)
    await repository.save(session, contract, now)
    await events.contract_declined(session, contract, actor=client.actor, now=now)
    return contract


async def sign_contract(
    session: AsyncSession, client: Client, *, context: Context, signing: ContractSigning, now: datetime
) -> Contract:
    """Sign the text that was sent, and seal it.

    As with files, sealing is done between two looks at the contract, and no transaction is open meanwhile: of those
    who sign, decline or withdraw it at once, one is first.
    """
    mark = parse_mark(signing.given.data)
    signer = signing.given.by(client, mark)
    shown, paper = await _look(context, client, signing)
    signature_id = new_id()
    sealed = await papers.seal(context, paper, signer, mark=mark, signature_id=signature_id, now=now)
    key = storing.new_key(client.agency_id)
    stored = await context.store.put(key, sealed.pdf)
    try:
        place = await _place(session, shown)
        contract = await visible_contract(session, client, shown.id, lock=True)
        contract.require_signable(shown.text_sha256)
    except (Conflict, NotFound):
        await context.store.delete(key)  # nothing of this transaction names it, and nothing will
        raise
    kept = await storing.keep_sealed(session, place, stored=stored, key=key, now=now)
    signature = signature_of(signature_id, paper, signer, mark=mark, sealed=sealed, kept=kept, now=now)
    signature.contract_id, signature.sha256 = contract.id, contract.text_sha256 or ""
    contract.sign(signature.public, file_id=kept.id, now=now)
    await repository.save(session, contract, now)
    await record(session, context, signature, now)
    await events.contract_signed(
        session, contract, actor=client.actor, now=now, sealed=kept, client_email=signature.email
    )
    return contract


async def _look(context: Context, client: Client, signing: ContractSigning) -> tuple[Contract, Paper]:
    async with context.database.unit(client.agency_id) as session:
        contract = await visible_contract(session, client, signing.contract_id)
        contract.require_signable(signing.seen_sha256)
        parties = Parties(**(contract.parties or {}))
        sheet = await sheets.sheet_of(session, contract, parties)
    pdf = await sheets.typeset(context, sheet)
    return contract, Paper(contract.id, parties.agency, _told(contract, parties), CONSENT, pdf, needs_pages=True)


def _told(contract: Contract, parties: Parties) -> tuple[Told, ...]:
    between = f"{parties.agency} and {parties.client}" + (f", {parties.company}" if parties.company else "")
    return (
        Told("Contract", contract.title),
        Told("Between", between),
        Told("Project", parties.project),
        Told("Sent on", parties.date),
        Told("Id", str(contract.id), code=True),
        Told("SHA-256 of the text", contract.text_sha256 or "", code=True),
    )


async def _place(session: AsyncSession, contract: Contract) -> storing.SealedPlace:
    """Where its sealed PDF goes: into its project, which is held, unless that is gone."""
    project_id = contract.project_id
    # The project first, as uploads do: it guards the names of its files, and one order cannot deadlock.
    if project_id and not await repository.lock_project(session, contract.agency_id, project_id):
        project_id = None
    # In a file's name, a slash would part it from a folder.
    name = sealed_name(clean_name(contract.title.replace("/", "-").replace("\\", "-") + ".pdf"))
    return storing.SealedPlace(contract.agency_id, contract.client_id, project_id, name)
