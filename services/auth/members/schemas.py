"""What the API says about a member."""

from uuid import UUID

from chassis.principals import Role
from chassis.schemas import Output, Timestamp


class UserPublic(Output):
    """The member as they see themselves."""

    id: UUID
    name: str
    email: str
    role: Role
    created_at: Timestamp
