"""Staff tokens: JWTs signed with Ed25519 (RFC 8037), which every service verifies by itself."""

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chassis.credentials import AUDIENCE, STAFF_TYPE
from services.auth.members.models import Member
from services.auth.sessions.models import Session


def mint(member: Member, session: Session, *, issuer: str, signer: tuple[str, Ed25519PrivateKey]) -> str:
    """The token of a session; it ends when the session does."""
    kid, private_key = signer
    claims = {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": str(member.id),
        "sid": str(session.id),
        "agency": str(member.agency_id),
        "role": str(member.role),
        "name": member.name,
        "iat": int(session.created_at.timestamp()),
        "exp": int(session.expires_at.timestamp()),
    }
    return jwt.encode(claims, private_key, algorithm="EdDSA", headers={"kid": kid, "typ": STAFF_TYPE})
