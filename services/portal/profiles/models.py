"""What a client has told of themselves: telephone, billing address, picture."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from chassis.principals import Client
from chassis.tables import Row, json_column


class AvatarIds(NamedTuple):
    """The two blobs of a picture of a person."""

    picture: UUID
    thumbnail: UUID


class Profile(Row, table=True):
    """One row per client, or per company for those who come with its portal token; made with the first change.

    `address` has only the fields that were filled in.
    """

    __tablename__ = "profiles"

    client_id: UUID
    phone: str = ""
    address: dict[str, Any] = json_column()
    avatar_id: UUID | None = None
    thumbnail_id: UUID | None = None

    @classmethod
    def blank(cls, client: Client) -> "Profile":
        """What holds for a client who has told nothing; version 0 tells it from a stored row."""
        return cls(agency_id=client.agency_id, client_id=client.id, version=0)

    @property
    def avatar(self) -> AvatarIds | None:
        """The blobs of the picture, None while there is none."""
        return AvatarIds(self.avatar_id, self.thumbnail_id) if self.avatar_id and self.thumbnail_id else None

    def change(self, changes: dict[str, Any], now: datetime) -> None:
        """Take over the named of `phone`, `billing_address` (fields to change, None removes all) and `avatar`."""
        self.phone = changes.get("phone", self.phone)
        if "billing_address" in changes:
            self._move(changes["billing_address"])
        if "avatar" in changes:
            self.avatar_id, self.thumbnail_id = changes["avatar"] or (None, None)
        self.updated_at = now

    def _move(self, changed: dict[str, Any] | None) -> None:
        address = {**self.address, **changed} if changed else {}
        self.address = {name: value for name, value in address.items() if value not in ("", None)}
