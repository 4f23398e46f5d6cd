"""What this service's routes ask for, beside what every service's do."""

from typing import Annotated

from fastapi import Depends

from chassis.http.dependencies import get_context
from services.projects.context import Context

Ctx = Annotated[Context, Depends(get_context)]
