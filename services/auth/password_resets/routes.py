"""REST of password resets."""

from chassis.http.unit import Router

router = Router(tags=["Sessions"])
