"""Access tokens of clients: JWTs signed with Ed25519 (RFC 8037), which every service verifies by itself."""

from datetime import datetime

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chassis.credentials import AUDIENCE, CLIENT_TYPE
from services.auth.client_sessions.models import ClientSession
from services.auth.clients.models import Client


def mint(
    client: Client,
    session: ClientSession,
    *,
    issuer: str,
    signer: tuple[str, Ed25519PrivateKey],
    now: datetime,
) -> tuple[str, int]:
    """An access token of a session, and when it ends (epoch seconds)."""
    kid, private_key = signer
    ends = int(session.access_until(now).timestamp())
    claims = {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": str(client.id),
        "sid": str(session.id),
        "agency": str(client.agency_id),
        "name": client.name,
        "iat": int(now.timestamp()),
        "exp": ends,
    }
    return jwt.encode(claims, private_key, algorithm="EdDSA", headers={"kid": kid, "typ": CLIENT_TYPE}), ends
