"""What signing in as a client answers, and how sessions are shown."""

from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Input, Output, Timestamp
from services.auth.client_sessions.models import SignedInBy

SIGNED_IN_EXAMPLE: dict[str, Any] = {
    "accessExpiresUnix": 1772358300,
    "accessToken": "eyJhbGciOi...",
    "id": "0199f1e2-7c7a-7f3e-9d52-1f1f5a3c9b10",
    "refreshToken": "crt_0199f1e28d117a6bb0c94f2a7d5e3b18.1.pWq1tq7n...",
    "username": "mira@okafor.example",
}
_SESSION_EXAMPLE: dict[str, Any] = {
    "id": "0199f1e2-8d11-7a6b-b0c9-4f2a7d5e3b18",
    "signedInBy": "magic_link",
    "userAgent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_4)",
    "createdAt": "2026-03-01T09:30:00.000Z",
    "refreshedAt": "2026-03-02T08:15:00.000Z",
    "expiresAt": "2026-04-01T08:15:00.000Z",
}


class ClientSignedIn(Output):
    """A client signed in: `id` and `username` (e-mail address, else name) are the client's.

    `accessToken` is sent as Bearer until `accessExpiresUnix` (epoch seconds); `refreshToken` gets the next pair, once.
    """

    model_config = ConfigDict(json_schema_extra={"example": SIGNED_IN_EXAMPLE})

    access_expires_unix: int
    access_token: str = Field(repr=False)
    id: UUID
    refresh_token: str = Field(repr=False)
    username: str


class Refresh(Input):
    """The refresh token; without it the cookie's is taken."""

    model_config = ConfigDict(json_schema_extra={"example": {"refreshToken": SIGNED_IN_EXAMPLE["refreshToken"]}})

    refresh_token: str | None = Field(default=None, repr=False)


class ClientSignedOut(Output):
    """The session has ended."""

    message: str = "Signed out."


class ClientSessionPublic(Output):
    """A live session, as the agency sees it; it ends at `expiresAt` unless it is refreshed before."""

    model_config = ConfigDict(json_schema_extra={"example": _SESSION_EXAMPLE})

    id: UUID
    signed_in_by: SignedInBy
    user_agent: str
    created_at: Timestamp
    refreshed_at: Timestamp
    expires_at: Timestamp


class OwnClientSession(ClientSessionPublic):
    """A live session, as its client sees it; `current` is the one that is asking."""

    model_config = ConfigDict(json_schema_extra={"example": _SESSION_EXAMPLE | {"current": True}})

    current: bool = False


class ClientSessionEnded(Output):
    """The session is over; its tokens are refused everywhere within a second."""

    id: UUID
    ended: bool = True


class ClientSessionsEnded(Output):
    """How many sessions of the client were ended."""

    ended: int
