"""REST of signing keys: the public halves."""

import base64

from fastapi import Response

from chassis.http.dependencies import Now
from chassis.http.unit import Router
from services.auth.dependencies import Ctx
from services.auth.signing_keys import service
from services.auth.signing_keys.models import DEPLOYMENT
from services.auth.signing_keys.schemas import Jwk, Jwks

MAX_AGE_S = 60

router = Router(tags=["Sessions"])


@router.get("/.well-known/jwks.json", response_model=Jwks)
async def jwks(response: Response, context: Ctx, now: Now) -> Jwks:
    """List the public keys that tokens are signed with."""
    async with context.database.unit(DEPLOYMENT) as session:
        keys = await service.published(session, vault=context.vault, now=now)
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE_S}"
    return Jwks(keys=[Jwk(kid=key.kid, x=_base64url(key.public_key)) for key in keys])


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
