"""What notify's routes ask for, beside what the chassis gives."""

from typing import Annotated

from fastapi import Depends

from chassis.http.dependencies import get_context
from services.notify.context import Context

Ctx = Annotated[Context, Depends(get_context)]
