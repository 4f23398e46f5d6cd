"""REST of notification preferences, for members and for clients."""

from fastapi import Response

from chassis.errors import PreconditionFailed
from chassis.http.dependencies import CurrentPrincipal, Session
from chassis.http.etags import IfMatch, set_etag
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.notify.dependencies import Ctx
from services.notify.preferences import service
from services.notify.preferences.models import CompanyGetsNoMails, PeopleOnly
from services.notify.preferences.schemas import NotificationPreferencesPublic, NotificationPreferencesUpdate

router = Router(prefix="/api/notification-preferences", tags=["Notifications"])


@router.get("", response_model=NotificationPreferencesPublic, responses=problems(PeopleOnly))
async def get_preferences(
    session: Session, principal: CurrentPrincipal, ctx: Ctx, response: Response
) -> NotificationPreferencesPublic:
    """Show which mails one gets, and how soon.

    A member sees the mails that members get, a client those that clients do: `now`, `daily` (in one mail at 8:00 where
    the agency is), or `never`. What is `locked` comes in any case. To a company's portal token the list is empty:
    mails go to its clients.
    """
    preferences = await service.preferences_of(session, principal)
    set_etag(response, preferences.version)
    return service.shown(preferences, principal, catalogue=ctx.catalogue)


@router.put(
    "",
    response_model=NotificationPreferencesPublic,
    responses=problems(PeopleOnly, CompanyGetsNoMails, PreconditionFailed),
)
async def replace_preferences(
    body: NotificationPreferencesUpdate,
    session: Session,
    principal: CurrentPrincipal,
    ctx: Ctx,
    match: IfMatch,
    response: Response,
) -> NotificationPreferencesPublic:
    """Choose which mails one gets, and how soon.

    What is sent replaces all that was chosen before: a kind that is not named follows `otherwise`, which is `now`
    where it is left out. Naming a locked kind with anything but `now` is refused.
    """
    preferences = await service.preferences_to_change(session, principal)
    match.check(preferences.version)
    await service.replace(
        session, principal, preferences=preferences, otherwise=body.otherwise, wanted=body.preferences
    )
    set_etag(response, preferences.version)
    return service.shown(preferences, principal, catalogue=ctx.catalogue)
