"""The agency and the rules on its name in addresses."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.tables import Row, json_column

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


ALL_MODULES = (
    "projects",
    "files",
    "messages",
    "time_logs",
    "proposals",
    "contracts",
    "invoices",
    "tasks",
    "feedback",
    "intake",
)


@dataclass(frozen=True, slots=True)
class PortalRules:
    """What the agency's portal settings say that credentials depend on."""

    is_open: bool
    modules: list[str]
    may_share_files: bool
    may_see_activity: bool
    token_days: int
    magic_link_minutes: int


class Agency(Row, table=True):
    """The tenant. Its id is its own `agency_id`."""

    __tablename__ = "agencies"

    name: str
    slug: str
    currency: str = DEFAULT_CURRENCY
    time_zone: str = DEFAULT_TIME_ZONE
    portal_open: bool = True
    portal_modules: list[str] = json_column(default_factory=lambda: list(ALL_MODULES))
    may_share_files: bool = True
    may_see_activity: bool = True
    token_days: int = 30
    magic_link_minutes: int = 60
    # Version of the portal's settings that the above was heard with; news may arrive out of order.
    portal_settings_version: int = 0

    @property
    def token_lifetime(self) -> timedelta:
        """How long a new portal token lives."""
        return timedelta(days=self.token_days)

    @property
    def magic_link_lifetime(self) -> timedelta:
        """How long a new magic link lives."""
        return timedelta(minutes=self.magic_link_minutes)

    def change(self, changes: dict[str, str], now: datetime) -> None:
        """Another name, currency or time zone; the slug stays, because addresses carry it."""
        for name in ("name", "currency", "time_zone"):
            setattr(self, name, changes.get(name, getattr(self, name)))
        self.updated_at = now

    def hear_of_portal(self, rules: PortalRules, *, version: int) -> bool:
        """Take in what the portal's settings say; True when that changes what clients may do."""
        if version <= self.portal_settings_version:
            return False
        before = self._for_clients
        self.portal_open, self.portal_modules = rules.is_open, rules.modules
        self.may_share_files, self.may_see_activity = rules.may_share_files, rules.may_see_activity
        self.token_days, self.magic_link_minutes = rules.token_days, rules.magic_link_minutes
        self.portal_settings_version = version
        return before != self._for_clients

    @property
    def _for_clients(self) -> tuple[bool, list[str], bool, bool]:
        return self.portal_open, self.portal_modules, self.may_share_files, self.may_see_activity


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
