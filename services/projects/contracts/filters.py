"""Which contracts a list is asked for."""

from dataclasses import dataclass
from uuid import UUID

from services.projects.contracts.models import ContractStatus


@dataclass(frozen=True, slots=True)
class ContractFilter:
    """None lets all pass; `q` is words of the title or of the client's names."""

    status: ContractStatus | None = None
    client_id: UUID | None = None
    project_id: UUID | None = None
    q: str | None = None
