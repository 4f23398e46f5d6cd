"""Bodies about registration, login and sessions, and what they answer."""

from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Email, Input, Name, Output, Timestamp
from services.auth.agencies.schemas import AGENCY_EXAMPLE, AgencyPublic
from services.auth.members.schemas import USER_EXAMPLE, AnyPassword, NewPassword, UserPublic
from services.auth.second_factors.schemas import Code


class Registration(Input):
    """A new agency and its owner."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "name": "Ada Larsen",
                "email": "ada@northlight.example",
                "password": "a quiet place by the sea",
                "agencyName": "Northlight Studio",
            }
        }
    )

    name: Name
    email: Email
    password: NewPassword
    agency_name: Name


class Login(Input):
    """What a member signs in with; `code` is the authenticator app's or a recovery code, where two factors are on."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"email": "ada@northlight.example", "password": "a quiet place by the sea"}}
    )

    email: Email
    password: AnyPassword
    code: Code | None = Field(default=None, repr=False)


class Me(Output):
    """Who is asking; `user` is null for an API key, which is nobody in person."""

    model_config = ConfigDict(json_schema_extra={"example": {"user": USER_EXAMPLE, "agency": AGENCY_EXAMPLE}})

    user: UserPublic | None
    agency: AgencyPublic


class SignedIn(Output):
    """The token of a new session, good for 30 days, and whose it is."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"token": "eyJhbGciOi...", "user": USER_EXAMPLE, "agency": AGENCY_EXAMPLE}}
    )

    token: str = Field(repr=False)
    user: UserPublic
    agency: AgencyPublic


class SignedOut(Output):
    """The session has ended."""

    message: str = "Signed out."


_SESSION_EXAMPLE: dict[str, Any] = {
    "id": "0199f1e2-6a14-7f5e-8c11-9d3b7e2f4a60",
    "userAgent": "Mozilla/5.0 (Macintosh) Firefox/148.0",
    "address": "203.0.113.7",
    "createdAt": "2026-03-01T09:30:00.000Z",
    "lastSeenAt": "2026-03-02T14:05:00.000Z",
    "expiresAt": "2026-03-31T09:30:00.000Z",
    "current": True,
}


class SessionPublic(Output):
    """Where a member is signed in; `current` marks the session that asks.

    `address` is where it was opened from, `lastSeenAt` is exact to a few minutes.
    """

    model_config = ConfigDict(json_schema_extra={"example": _SESSION_EXAMPLE})

    id: UUID
    user_agent: str
    address: str | None
    created_at: Timestamp
    last_seen_at: Timestamp | None
    expires_at: Timestamp
    current: bool


class SessionEnded(Output):
    """The session opens nothing any more."""

    id: UUID
    deleted: bool = True


class SessionsEnded(Output):
    """How many sessions have ended."""

    model_config = ConfigDict(json_schema_extra={"example": {"ended": 2}})

    ended: int


class PasswordChange(Input):
    """The present password and the next one."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"currentPassword": "a quiet place by the sea", "newPassword": "a loud place in the hills"}
        }
    )

    current_password: AnyPassword
    new_password: NewPassword


class PasswordChanged(Output):
    """The password is another."""

    message: str = "Your password has been changed."
