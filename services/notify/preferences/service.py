"""Use cases of notification preferences: show them, replace them, follow them, turn mails off and on."""

from collections.abc import Collection, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import FieldError, Invalid
from chassis.principals import Client, Principal, Staff
from services.notify.addressees import Addressee, Side
from services.notify.mails.kinds import kind_of, kinds_for
from services.notify.mails.letters import Catalogue
from services.notify.mails.models import Template
from services.notify.preferences import repository
from services.notify.preferences.models import (
    CompanyGetsNoMails,
    Frequency,
    NotificationPreferences,
    PeopleOnly,
)
from services.notify.preferences.schemas import (
    NotificationPreferencesPublic,
    Preference,
    PreferenceUpdate,
)

DEFAULT = Frequency.NOW


async def preferences_of(session: AsyncSession, principal: Principal) -> NotificationPreferences:
    """Somebody's own preferences, at version 0 while nothing has been said; raises PeopleOnly for an API key."""
    addressee = _addressee(principal)
    return await repository.find(session, addressee) or NotificationPreferences(
        agency_id=addressee.agency_id, version=0, side=addressee.side, recipient_id=addressee.id
    )


async def preferences_to_change(session: AsyncSession, principal: Principal) -> NotificationPreferences:
    """Somebody's own preferences, held until the transaction ends; raises PeopleOnly or CompanyGetsNoMails."""
    addressee = _addressee(principal)
    if isinstance(principal, Client) and principal.is_company:
        raise CompanyGetsNoMails
    return await repository.lock(session, addressee)


async def replace(
    session: AsyncSession,
    principal: Principal,
    *,
    preferences: NotificationPreferences,
    otherwise: Frequency,
    wanted: Sequence[PreferenceUpdate],
) -> None:
    """Wish for this and nothing else; raises Invalid for kinds that the person does not get or cannot turn off."""
    preferences.replace(otherwise=otherwise, frequencies=_checked(wanted, _kinds(principal)))
    await session.flush()


def shown(
    preferences: NotificationPreferences, principal: Principal, *, catalogue: Catalogue
) -> NotificationPreferencesPublic:
    """Every kind of mail that the person can get, those that can be turned off first."""
    return NotificationPreferencesPublic(
        otherwise=preferences.otherwise,
        preferences=[
            Preference(
                kind=kind,
                description=catalogue.about(kind),
                frequency=DEFAULT if kind_of(kind).locked else preferences.frequency_of(kind),
                default=DEFAULT,
                locked=kind_of(kind).locked,
            )
            for kind in _kinds(principal)
        ],
    )


async def frequencies_of(
    session: AsyncSession, addressee: Addressee, kinds: Collection[Template]
) -> dict[Template, Frequency]:
    """How soon mails of some kinds are to come to somebody."""
    free = {kind for kind in kinds if not kind_of(kind).locked and kind != Template.DIGEST}
    preferences = await repository.find(session, addressee) if free else None
    return {kind: preferences.frequency_of(kind) if preferences and kind in free else DEFAULT for kind in kinds}


async def turn_off(session: AsyncSession, addressee: Addressee, kind: Template) -> None:
    """No more mails of a kind to somebody, or no more digests."""
    preferences = await repository.lock(session, addressee)
    if kind == Template.DIGEST:
        preferences.turn_off_digest()
    else:
        preferences.turn_off(kind)
    await session.flush()


async def turn_off_all(session: AsyncSession, addressee: Addressee) -> None:
    """No more mails to somebody that can be turned off."""
    (await repository.lock(session, addressee)).turn_off_all()
    await session.flush()


async def turn_on(session: AsyncSession, addressee: Addressee, kind: Template) -> None:
    """Mails of a kind to somebody again, at once."""
    (await repository.lock(session, addressee)).turn_on(kind)
    await session.flush()


def _addressee(principal: Principal) -> Addressee:
    if isinstance(principal, Staff) and principal.via == "api_key":
        raise PeopleOnly
    side = Side.CLIENT if isinstance(principal, Client) else Side.MEMBER
    return Addressee(principal.agency_id, side, principal.id)


def _kinds(principal: Principal) -> list[Template]:
    if isinstance(principal, Client):
        return [] if principal.is_company else kinds_for(Side.CLIENT, None)
    return kinds_for(Side.MEMBER, principal.role)


def _checked(wanted: Sequence[PreferenceUpdate], known: Sequence[Template]) -> dict[str, Frequency]:
    errors = []
    frequencies: dict[str, Frequency] = {}
    for number, one in enumerate(wanted):
        field = f"preferences.{number}"
        if one.kind not in known:
            errors.append(FieldError(f"{field}.kind", "is not a kind of mail that you can get"))
        elif one.kind in frequencies:
            errors.append(FieldError(f"{field}.kind", "is named twice"))
        elif kind_of(Template(one.kind)).locked and one.frequency != Frequency.NOW:
            errors.append(FieldError(f"{field}.frequency", "mails of this kind always come at once"))
        frequencies[one.kind] = one.frequency
    if errors:
        raise Invalid("; ".join(f"{error.field}: {error.message}" for error in errors[:3]), errors=errors)
    return frequencies
