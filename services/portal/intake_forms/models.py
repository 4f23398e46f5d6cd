"""The intake form and the kinds of questions that it can ask."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from chassis.errors import Conflict
from chassis.tables import Row, json_column


class IntakeFormSlugTaken(Conflict):
    """The address is another form's of this agency."""

    default = "Another intake form of yours has this slug already."


class FieldType(StrEnum):
    """What sort of answer a field takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    SELECT = "select"
    MULTI_SELECT = "multi_select"
    CHECKBOX = "checkbox"
    DATE = "date"
    FILE = "file"


class IntakeForm(Row, table=True):
    """A form that anyone may fill in while it is active; every form asks for name, e-mail address and message too.

    `fields` are `FormField`s as JSON. `from_page_only`: what does not come from the form's own page is taken for spam.
    """

    __tablename__ = "intake_forms"

    name: str
    slug: str
    description: str = ""
    fields: list[dict[str, Any]] = json_column(default_factory=list)
    active: bool = True
    from_page_only: bool = False

    def change(self, changes: dict[str, Any], now: datetime) -> None:
        """Take over the named fields. Leads keep the questions that they answered."""
        for name, value in changes.items():
            setattr(self, name, value)
        self.updated_at = now
