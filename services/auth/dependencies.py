"""What auth's routes ask for, beside what every service has."""

from typing import Annotated

from fastapi import Depends, Header

from chassis.http.dependencies import Address, CurrentStaff, get_context
from chassis.principals import Staff
from services.auth.context import Context
from services.auth.members.models import PeopleOnly
from services.auth.sessions.models import Device

Ctx = Annotated[Context, Depends(get_context)]
UserAgent = Annotated[str, Header(alias="User-Agent", include_in_schema=False)]


async def _member(staff: CurrentStaff) -> Staff:
    if staff.via != "session":
        raise PeopleOnly
    return staff


async def _caller(address: Address, user_agent: UserAgent = "") -> Device:
    return Device(user_agent, address)


# A member in person; what API keys have nothing to do with.
CurrentMember = Annotated[Staff, Depends(_member)]
Caller = Annotated[Device, Depends(_caller)]
