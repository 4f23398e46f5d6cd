"""The comment on a file, and who may read, write and take it back."""

from uuid import UUID

from chassis.errors import Forbidden, Invalid
from chassis.principals import Client, Principal
from chassis.tables import Row, enum_column
from services.projects.threads.models import Visibility


class NotYourComment(Forbidden):
    """Everybody takes back their own words and nobody else's."""

    default = "Only who wrote a comment may delete it."


class FileComment(Row, table=True):
    """Words about one version of a file; never changed after they were written."""

    __tablename__ = "file_comments"

    file_id: UUID
    project_id: UUID | None
    client_id: UUID
    content_version: int
    content: str
    visibility: Visibility = enum_column(Visibility)
    author_kind: str
    author_id: UUID
    author_name: str

    @property
    def author(self) -> dict[str, object]:
        """Who wrote it, by the name of that time."""
        return {"kind": self.author_kind, "id": self.author_id, "name": self.author_name}

    def require_author(self, principal: Principal) -> None:
        """Raise NotYourComment for everybody but its author."""
        if (self.author_kind, self.author_id) != (str(principal.actor.kind), principal.id):
            raise NotYourComment


def visibility_of(principal: Principal, *, asked: Visibility | None, is_shown: bool) -> Visibility:
    """Who may read a new comment; `is_shown` tells whether the client sees the file and that version of it.

    What is said of a version that the client was not shown stays internal, also when the file is shown later.
    """
    if isinstance(principal, Client):
        if asked is Visibility.INTERNAL:
            raise Invalid.field("visibility", "is for the agency to choose")
        return Visibility.CLIENT
    if asked is Visibility.CLIENT and not is_shown:
        raise Invalid.field("visibility", "must be internal: the client was not shown this version")
    return asked or (Visibility.CLIENT if is_shown else Visibility.INTERNAL)
