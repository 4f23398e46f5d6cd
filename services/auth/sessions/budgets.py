"""How often somebody may try to register or to sign in, counted before any work is done."""

from services.auth.context import Context
from services.auth.members.models import login_name

LOGINS_PER_ACCOUNT = "10/15minutes"
LOGINS_PER_ADDRESS = "100/15minutes"
REGISTRATIONS_PER_EMAIL = "10/15minutes"


async def allow_login(context: Context, *, address: str, email: str) -> None:
    """RateLimited when this account, existing or not, or this caller has tried too often."""
    await context.limiter.hit("login-address", address, LOGINS_PER_ADDRESS)
    await context.limiter.hit("login-account", login_name(email), LOGINS_PER_ACCOUNT)


async def allow_registration(context: Context, *, address: str, email: str) -> None:
    """RateLimited when this e-mail or this caller has tried too often."""
    await context.limiter.hit("register-address", address, context.registrations_per_address)
    await context.limiter.hit("register-email", login_name(email), REGISTRATIONS_PER_EMAIL)
