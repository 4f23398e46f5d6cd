"""The message: what somebody wrote in a thread."""

from uuid import UUID

from chassis.tables import Row, json_column


class Message(Row, table=True):
    """Words of a member or a client; never changed after they were sent."""

    __tablename__ = "messages"

    thread_id: UUID
    project_id: UUID
    client_id: UUID
    content: str
    attachments: list[str] = json_column(list)
    author_kind: str
    author_id: UUID
    author_name: str

    @property
    def author(self) -> dict[str, object]:
        """Who wrote it, by the name of that time."""
        return {"kind": self.author_kind, "id": self.author_id, "name": self.author_name}
