"""REST of members."""

from chassis.http.unit import Router

router = Router(prefix="/api/members", tags=["Team"])
