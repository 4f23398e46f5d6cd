"""Notification preferences as people send and get them."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from chassis.schemas import Input, Name, Output
from services.notify.preferences.models import Frequency

MAX_KINDS = 200


class PreferenceUpdate(Input):
    """How soon mails of one kind are to come."""

    kind: Annotated[Name, Field(description="One of the kinds that the list of preferences names.")]
    frequency: Frequency


class NotificationPreferencesUpdate(Input):
    """All that somebody wishes for: kinds that are not named follow `otherwise`."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "otherwise": "now",
                "preferences": [
                    {"kind": "message_received", "frequency": "daily"},
                    {"kind": "feedback_received", "frequency": "never"},
                ],
            }
        }
    )

    otherwise: Annotated[
        Frequency, Field(description="How soon mails of all other kinds come, of kinds yet to be thought of too.")
    ] = Frequency.NOW
    preferences: list[PreferenceUpdate] = Field(default_factory=list, max_length=MAX_KINDS)
    token: str | None = Field(default=None, repr=False)


class Preference(Output):
    """One kind of mail: `default` holds while its reader has said nothing; a `locked` one comes in any case."""

    kind: str
    description: str
    frequency: Frequency
    default: Frequency
    locked: bool


_EXAMPLE: dict[str, Any] = {
    "otherwise": "now",
    "preferences": [
        {
            "kind": "message_received",
            "description": "A client writes a message",
            "frequency": "daily",
            "default": "now",
            "locked": False,
        },
        {
            "kind": "password_reset",
            "description": "Somebody asks to set a new password for you",
            "frequency": "now",
            "default": "now",
            "locked": True,
        },
    ],
}


class NotificationPreferencesPublic(Output):
    """Every kind of mail that its reader can get, and how soon each comes."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    otherwise: Frequency
    preferences: list[Preference]
