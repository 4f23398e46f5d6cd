"""Gives out and ends portal tokens: what is asked of auth, with the lifetime that the agency's settings give."""

from chassis.database import Database
from chassis.errors import Conflict, NotFound
from chassis.principals import Staff
from services.portal.clients import IssuedToken, PortalAccess
from services.portal.holders import Holder
from services.portal.portal_settings import service as portal_settings


class Tokens:
    """Auth's tokens in the words of the client-portal API."""

    def __init__(self, database: Database, access: PortalAccess) -> None:
        self._database, self._access = database, access

    async def issue(self, staff: Staff, holder: Holder, *, reachable_only: bool = False) -> IssuedToken:
        """The holder's live token, made where there is none; raises `holder.unknown`, Unavailable.

        `reachable_only` raises `holder.unreachable`, and makes no token, where nobody can be written to.
        """
        valid_days = await portal_settings.token_days(self._database, staff.agency_id)
        try:
            issued = await self._access.issue(
                staff.agency_id, holder, valid_days=valid_days, by=staff.actor, reachable_only=reachable_only
            )
        except NotFound as error:
            raise holder.unknown from error
        except Conflict as error:
            raise holder.unreachable from error
        return issued

    async def revoke(self, staff: Staff, holder: Holder) -> int:
        """End the holder's live tokens; tells how many there were. Raises `holder.unknown`, Unavailable."""
        try:
            return await self._access.revoke(staff.agency_id, holder, by=staff.actor)
        except NotFound as error:
            raise holder.unknown from error
