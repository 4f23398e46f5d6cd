"""The contract template: a text with merge fields."""

from datetime import datetime

from chassis.tables import Row
from services.projects.contracts.fields import require_known


class ContractTemplate(Row, table=True):
    """A text in Markdown under a name of the agency's own; contracts copy it and know nothing of it later."""

    __tablename__ = "contract_templates"

    name: str
    title: str
    body: str

    def write(self, *, name: str, title: str, body: str, now: datetime) -> None:
        """Change it; Invalid for a merge field that there is not."""
        require_known(title, "title")
        require_known(body, "body")
        self.name, self.title, self.body = name, title, body
        self.updated_at = now
