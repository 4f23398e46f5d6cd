"""REST of client sessions."""

from chassis.http.unit import Router

router = Router(tags=["Client sessions"])
