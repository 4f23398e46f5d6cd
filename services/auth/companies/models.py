"""The company: a name and a number that several clients of an agency have in common."""

from datetime import datetime

from chassis.errors import Conflict
from chassis.tables import Row


class CompanyHasClients(Conflict):
    """A company that clients belong to is not deleted."""

    default = "Clients belong to this company. Move them to another one or delete them first."


class Company(Row, table=True):
    """Groups clients. `number` counts from 1 in each agency and is never given twice."""

    __tablename__ = "companies"

    number: int
    name: str

    def rename(self, name: str, now: datetime) -> bool:
        """Take another name; False when it is the same one."""
        if name == self.name:
            return False
        self.name = name
        self.updated_at = now
        return True

    def delete(self, now: datetime, *, clients: int) -> None:
        """Be about to go; refused while clients belong to it.

        The change of `updated_at` raises the version, so that whoever hears of it sees the deletion as news.
        """
        if clients:
            raise CompanyHasClients
        self.updated_at = now
