"""What routes ask for: the session, the reader, who is asking, the time."""

from datetime import datetime
from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import Depends, Request
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import Forbidden, Unauthenticated
from chassis.http.credentials import ANYBODY, CLIENTS, CUSTODIANS, SAFE_METHODS, STAFF, of_module, takes
from chassis.http.middleware import NAMED_BUDGET
from chassis.http.turns import QUEUE_WAIT_S, Crowded
from chassis.http.unit import unit_of
from chassis.limits import Limiter
from chassis.principals import Client, Principal, Role, Staff


class StaffOnly(Forbidden):
    """A client's credential on a route of the agency."""

    default = "This is for the agency's own people and machines."


class ClientOnly(Forbidden):
    """A staff credential on a route of the portal."""

    default = "This is for clients; send a portal token or a client session."


class InPersonOnly(Forbidden):
    """An API key on a route that needs a person, such as where the money goes."""

    default = "An API key may not do that; an owner or admin has to sign in."


class ScopeMissing(Forbidden):
    """The API key lacks the scope that the request needs."""

    default = "This API key lacks the scope for that."


class CustodianOnly(Forbidden):
    """A route of custodians, asked with another credential than an API key of that scope."""

    default = "This needs an API key with the scope `custodian`."


@takes(*ANYBODY)
async def _maybe_principal(request: Request) -> Principal | None:
    principal = await request.app.state.chassis.identify(request)
    if principal is None:
        return None
    if isinstance(principal, Staff) and principal.via == "api_key":
        needed = "read" if request.method in SAFE_METHODS else "write"
        if needed not in principal.scopes:
            raise ScopeMissing(f"This needs an API key with the scope `{needed}`.")
    unit_of(request).assume(principal.agency_id)
    return cast(Principal, principal)


@takes(*ANYBODY)
async def _principal(request: Request) -> Principal:
    principal = await _maybe_principal(request)
    if principal is None:
        raise Unauthenticated
    return principal


@takes(*STAFF)
async def _staff(request: Request) -> Staff:
    principal = await _principal(request)
    if not isinstance(principal, Staff):
        raise StaffOnly
    return principal


@takes(*CLIENTS)
async def _client(request: Request) -> Client:
    principal = await _principal(request)
    if not isinstance(principal, Client):
        raise ClientOnly
    return principal


@takes(*STAFF)
async def _manager(request: Request) -> Staff:
    staff = await _staff(request)
    staff.require_role(Role.OWNER, Role.ADMIN)
    return staff


@takes(*STAFF)
async def _manager_in_person(request: Request) -> Staff:
    staff = await _manager(request)
    if staff.via == "api_key":
        raise InPersonOnly
    return staff


@takes(*CUSTODIANS)
async def _custodian(request: Request) -> Staff:
    principal = await request.app.state.chassis.identify(request)
    if principal is None:
        raise Unauthenticated
    if not isinstance(principal, Staff):
        raise StaffOnly
    if "custodian" not in principal.scopes:
        raise CustodianOnly
    unit_of(request).assume(principal.agency_id)
    return principal


async def _session(request: Request) -> AsyncSession:
    return unit_of(request).session


async def _wide(request: Request) -> AsyncSession:
    unit = unit_of(request)
    await unit.assume_across()
    return unit.session


async def _reader(request: Request) -> Reader:
    principal = await _principal(request)
    return unit_of(request).reader(principal.agency_id)


async def _now(request: Request) -> datetime:
    return cast(datetime, request.app.state.chassis.clock())


async def _budgets(request: Request) -> "NamedBudgets":
    return NamedBudgets(request)


async def _address(request: Request) -> str:
    return str(request.scope["portico.address"])


async def get_context(request: Request) -> Any:
    """The service's own context, as its `main.py` built it."""
    return request.app.state.context


class NamedBudgets:
    """Budgets that routes have besides the general one; the answer's headers tell of the one hit last."""

    def __init__(self, request: Request) -> None:
        self._limiter: Limiter = request.app.state.chassis.limiter
        self._scope = request.scope

    async def hit(self, bucket: str, key: str, rate: str) -> None:
        """Count one; raises RateLimited when the budget is used up. `rate` reads like "60/minute"."""
        budget = self._scope[NAMED_BUDGET] = await self._limiter.take(bucket, key, rate)
        budget.require()


def needs_module(module: str) -> Any:
    """Refuse clients of an agency that has switched this part of its portal off; staff come in all the same."""

    @of_module(module)
    async def check(request: Request) -> None:
        principal = await request.app.state.chassis.identify(request)
        if isinstance(principal, Client):
            principal.require_module(module)

    return Depends(check)


def in_turn(what: str) -> Any:
    """Let one request of an agency at a time change `what`; the others wait without a database connection.

    For changes that lock one and the same row: those who waited for it with a connection in hand would keep it from
    everybody else. Raises Crowded when the turn does not come in time.
    """

    async def wait(request: Request) -> None:
        principal = await _principal(request)
        await unit_of(request).take_turn(f"{what}/{principal.agency_id}", wait_s=QUEUE_WAIT_S, refusal=Crowded)

    return Depends(wait)


Session = Annotated[AsyncSession, Depends(_session)]
Wide = Annotated[AsyncSession, Depends(_wide)]
Reading = Annotated[Reader, Depends(_reader)]
CurrentPrincipal = Annotated[Principal, Depends(_principal)]
# For uploads, whose portal token may stand in a form field that only the route itself reads.
OptionalPrincipal = Annotated[Principal | None, Depends(_maybe_principal)]
CurrentStaff = Annotated[Staff, Depends(_staff)]
CurrentManager = Annotated[Staff, Depends(_manager)]
ManagerInPerson = Annotated[Staff, Depends(_manager_in_person)]
CurrentClient = Annotated[Client, Depends(_client)]
# The agency's own backend, by an API key of its own scope.
CurrentCustodian = Annotated[Staff, Depends(_custodian)]
Now = Annotated[datetime, Depends(_now)]
Budgets = Annotated[NamedBudgets, Depends(_budgets)]
Address = Annotated[str, Depends(_address)]
PathId = UUID
# Clients and companies by id or by number, as the client-portal API names them.
Reference = UUID | Annotated[int, Field(ge=1, le=2**31 - 1)]
