"""REST of second factors."""

from chassis.http.unit import Router

router = Router(prefix="/api/auth/totp", tags=["Sessions"])
