"""What billing's routes ask for, besides the chassis' own dependencies."""

from typing import Annotated

from fastapi import Depends

from chassis.http.dependencies import get_context
from services.billing.context import Context

Ctx = Annotated[Context, Depends(get_context)]
