"""Bodies of asking for a magic link and of using it."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from chassis.schemas import Clean, Email, Input
from services.auth.agencies.models import MAX_SLUG

# Slugs have lower-case letters only, and people type what they read on paper.
TenantCode = Annotated[str, StringConstraints(min_length=1, max_length=MAX_SLUG + 16, to_lower=True), Clean]


class MagicLinkRequest(Input):
    """Who wants to sign in, and at which agency: `tenantCode` is its slug."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"email": "mira@okafor.example", "tenantCode": "northlight-studio"}}
    )

    email: Email
    tenant_code: TenantCode


class LinkToken(Input):
    """The token of a magic link: what stands behind `#magic=` in the mailed address."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"token": "ml_0199f1e28d117a6bb0c94f2a7d5e3b18.1.pWq1tq7n..."}}
    )

    token: str | None = Field(default=None, repr=False)
