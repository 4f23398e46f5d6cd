"""REST of custodian clients."""

from chassis.http.unit import Router

router = Router(prefix="/api/v1/custodians/clients", tags=["Custodian clients"])
