"""REST of agencies."""

from chassis.http.unit import Router

router = Router(tags=["Team"])
