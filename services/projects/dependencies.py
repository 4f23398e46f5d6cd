"""What this service's routes ask for, beside what every service's do."""

from typing import Annotated

from fastapi import Depends, Query

from chassis.http.dependencies import get_context
from chassis.schemas import Clean
from services.projects.context import Context

Ctx = Annotated[Context, Depends(get_context)]
Search = Annotated[
    Annotated[str, Clean] | None, Query(alias="q", max_length=200, description="Words that name or text contain.")
]
