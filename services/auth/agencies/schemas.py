"""What the API says about an agency."""

from uuid import UUID

from chassis.schemas import Output, Timestamp


class AgencyPublic(Output):
    """The agency as its members see it."""

    id: UUID
    name: str
    slug: str
    currency: str
    time_zone: str
    created_at: Timestamp
