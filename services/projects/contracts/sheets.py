"""The contract as a PDF: what stands on it, and the worker that sets it."""

from chassis.typesetting import Typesetter
from services.projects.contracts.fields import Parties
from services.projects.contracts.models import Contract, ContractStatus, ContractTooLong

DEADLINE_SECONDS = 10.0
_JOB = "services.projects.contracts.typesetting_job:typeset"
_STAMPS = {ContractStatus.DRAFT: "Draft", ContractStatus.DECLINED: "Declined", ContractStatus.VOID: "Void"}


def sheet_of(contract: Contract, parties: Parties) -> dict[str, object]:
    """All that stands on the paper; a draft as it would be sent now."""
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
    }


async def typeset(typesetter: Typesetter, sheet: dict[str, object]) -> bytes:
    """The PDF; raises ContractTooLong, and Unavailable when it takes too long."""
    result = await typesetter.worker.run(_JOB, sheet, deadline=DEADLINE_SECONDS)
    if not result.data["fits"]:
        raise ContractTooLong("The text has more paragraphs, items and rows than a contract can have.")
    return result.blob
