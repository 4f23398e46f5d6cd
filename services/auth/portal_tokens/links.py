"""Portal tokens and the addresses that carry them, derived from rows."""

import hmac
from uuid import UUID

from chassis.credentials import looks_like_portal_token, portal_token
from services.auth.portal_tokens.models import PortalToken


class PortalLinks:
    """Derives tokens with the master secret and links with the deployment's origin."""

    def __init__(self, *, secret_key: str, origin: str) -> None:
        self._secret_key, self._origin = secret_key, origin

    def token(self, id: UUID, generation: int) -> str:
        """The token of the row with that id and generation."""
        return portal_token(self._secret_key, id, generation)

    def url(self, id: UUID, generation: int) -> str:
        """The address that opens the portal; it holds the token, so it is never logged or stored."""
        return f"{self._origin}/client-portal/{self.token(id, generation)}"

    def sign_in_url(self, slug: str) -> str:
        """The address where clients of an agency ask for a link by e-mail; holds no secret."""
        return f"{self._origin}/portal/{slug}"

    def matches(self, row: PortalToken, token: str) -> bool:
        """Whether the token is this row's, compared in constant time."""
        return hmac.compare_digest(self.token(row.id, row.generation).encode(), token.encode())


def id_in(token: str) -> UUID | None:
    """The row's id that a token names, whether or not the token is genuine."""
    return UUID(token.partition(".")[0]) if looks_like_portal_token(token) else None
