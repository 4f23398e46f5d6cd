"""REST of magic links."""

from chassis.http.unit import Router

router = Router(tags=["Client sessions"])
