"""The agency's brand on papers: what a service remembers of the portal's settings, and how a paper's head shows it."""

from dataclasses import dataclass
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.colours import readable_on_white, safe_colour
from chassis.events import Event

# The portal's own until the agency has chosen one.
DEFAULT_COLOR = "#3B82F6"

_KEEP = text(
    "INSERT INTO brands (agency_id, id, portal_name, color, logo, logo_key, source_version)"
    " VALUES (:agency_id, :agency_id, :portal_name, :color, :logo, :logo_key, :source_version)"
    " ON CONFLICT (agency_id, id) DO UPDATE SET portal_name = excluded.portal_name, color = excluded.color,"
    " logo = excluded.logo, logo_key = excluded.logo_key, source_version = excluded.source_version,"
    " version = brands.version + 1, updated_at = now()"
    " WHERE brands.source_version < excluded.source_version"
)
_FIND = text("SELECT portal_name, color, logo, logo_key FROM brands WHERE agency_id = :agency_id")


class _Settings(BaseModel):
    """What is read of the portal's settings."""

    portal_name: str
    primary_color: str
    portal_logo: str | None


@dataclass(frozen=True, slots=True)
class Brand:
    """How an agency looks: `logo` is the address below the deployment's own, `logo_key` the object store's key."""

    portal_name: str = ""
    color: str = DEFAULT_COLOR
    logo: str | None = None
    logo_key: str | None = None

    def head(self, agency: str) -> dict[str, str]:
        """What stands at the head of a paper: the portal's name where it has one, then `by` the agency's own.

        The colour can be read on white, however pale the one is that was chosen.
        """
        name = self.portal_name or agency
        return {
            "name": name,
            "by": agency if agency != name else "",
            "color": readable_on_white(safe_colour(self.color)),
            "logo": f"/{self.logo}" if self.logo else "",
        }


async def hear(session: AsyncSession, event: Event) -> None:
    """Remember what `portal.settings.updated` says, unless something newer is known."""
    heard = _Settings.model_validate(event.data)
    await session.execute(
        _KEEP,
        {
            "agency_id": event.agency_id,
            "portal_name": heard.portal_name,
            "color": heard.primary_color,
            "logo": heard.portal_logo,
            "logo_key": event.internal.get("logo_key"),
            "source_version": event.aggregate_version,
        },
    )


async def brand_of(session: AsyncSession, agency_id: UUID) -> Brand:
    """The agency's brand; what every portal begins with where nothing was heard yet."""
    row = (await session.execute(_FIND, {"agency_id": agency_id})).one_or_none()
    return Brand(*row) if row else Brand()
