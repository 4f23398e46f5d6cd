"""What auth's routes ask for, beside what every service has."""

from typing import Annotated

from fastapi import Depends, Header

from chassis.http.dependencies import get_context
from services.auth.context import Context

Ctx = Annotated[Context, Depends(get_context)]
UserAgent = Annotated[str, Header(alias="User-Agent", include_in_schema=False)]
