"""REST of one time passwords."""

from chassis.http.unit import Router

router = Router(tags=["Client sessions"])
