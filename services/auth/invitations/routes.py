"""REST of invitations."""

from chassis.http.unit import Router

router = Router(prefix="/api/invitations", tags=["Team"])
