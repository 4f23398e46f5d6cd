"""What events say about portal tokens."""

from uuid import UUID

from chassis.schemas import Output, Timestamp
from services.auth.portal_tokens.models import HolderType


class PortalTokenPublic(Output):
    """A portal token's row: whom it is for and when it ends, and never the token."""

    id: UUID
    type: HolderType
    contact_id: UUID | None
    company_id: UUID | None
    expires_at: Timestamp
    created_at: Timestamp
