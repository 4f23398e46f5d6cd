"""REST of wallets."""

from chassis.http.unit import Router

router = Router(prefix="/api/v1/clients/me", tags=["Custodian clients"])
