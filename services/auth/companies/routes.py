"""REST of companies."""

from chassis.http.unit import Router

router = Router(prefix="/api/companies", tags=["Companies"])
