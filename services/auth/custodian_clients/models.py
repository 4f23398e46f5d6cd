"""The custodian client: what a client of the agency has more when the agency's own backend made them."""

from datetime import datetime
from uuid import UUID

from chassis.tables import Row


class CustodianClient(Row, table=True):
    """A client made by the agency's backend. Its id is the credential id of their key and session tokens.

    The key is derived from the id and `key_generation`: raising it makes another key, and the old one opens nothing.
    """

    __tablename__ = "custodian_clients"

    client_id: UUID
    is_account_abstracted: bool = False
    key_generation: int = 1

    def rotate_key(self, now: datetime) -> None:
        """Take the next key."""
        self.key_generation += 1
        self.updated_at = now

    def end_credentials(self, now: datetime) -> None:
        """Be about to lose what was given out; the change raises the version, as news of it must."""
        self.updated_at = now
