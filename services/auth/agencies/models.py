"""The agency and the rules on its name in addresses."""

import re
import unicodedata

from chassis.tables import Row

MAX_SLUG = 48
DEFAULT_CURRENCY = "USD"
DEFAULT_TIME_ZONE = "UTC"

# A slug may become a host name or a first path segment, so it must not look like one of ours.
RESERVED_SLUGS = frozenset(
    {"admin", "api", "app", "assets", "auth", "billing", "client-portal", "docs", "help", "login", "mail"}
    | {"notify", "pay", "portal", "portico", "projects", "register", "root", "static", "status", "support"}
    | {"system", "webhooks", "www"}
)

# Letters that NFKD does not take apart.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ı": "i"})


class Agency(Row, table=True):
    """The tenant. Its id is its own `agency_id`."""

    __tablename__ = "agencies"

    name: str
    slug: str
    currency: str = DEFAULT_CURRENCY
    time_zone: str = DEFAULT_TIME_ZONE
    portal_open: bool = True
    # Version of the portal's settings that `portal_open` was heard with; news may arrive out of order.
    portal_settings_version: int = 0

    def hear_of_portal(self, *, is_open: bool, version: int) -> bool:
        """Take in whether the portal is open; True when that is news."""
        if version <= self.portal_settings_version:
            return False
        changed = is_open != self.portal_open
        self.portal_open, self.portal_settings_version = is_open, version
        return changed


def slug_of(name: str) -> str:
    """The name in lower-case ASCII letters, digits and single hyphens; `agency` when none are left."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:MAX_SLUG].strip("-")
    return slug or "agency"


def free_slug(wanted: str, taken: set[str]) -> str:
    """`wanted`, or the first of `wanted-2`, `wanted-3`, ... that is neither taken nor reserved."""
    if wanted not in taken and wanted not in RESERVED_SLUGS:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
