"""How often somebody may try to register, to sign in or to prove who they are, counted before any work is done."""

from chassis.http.dependencies import NamedBudgets
from chassis.principals import Staff
from services.auth.context import Context
from services.auth.members.models import login_name

LOGINS_PER_ACCOUNT = "10/15minutes"
LOGINS_PER_ADDRESS = "100/15minutes"
REGISTRATIONS_PER_EMAIL = "10/15minutes"
RESETS_PER_EMAIL = "3/10minutes"
RESETS_PER_ADDRESS = "100/10minutes"
PROOFS_PER_MEMBER = "10/15minutes"
INVITATIONS_PER_AGENCY = "100/hour"


async def allow_login(context: Context, *, address: str, email: str) -> None:
    """RateLimited when this account, existing or not, or this caller has tried too often."""
    await context.limiter.hit("login-address", address, LOGINS_PER_ADDRESS)
    await context.limiter.hit("login-account", login_name(email), LOGINS_PER_ACCOUNT)


async def allow_registration(context: Context, *, address: str, email: str) -> None:
    """RateLimited when this e-mail or this caller has tried too often."""
    await context.limiter.hit("register-address", address, context.registrations_per_address)
    await context.limiter.hit("register-email", login_name(email), REGISTRATIONS_PER_EMAIL)


async def allow_reset_request(budgets: NamedBudgets, *, address: str, email: str) -> None:
    """RateLimited when a link for this e-mail, a member's or not, was asked for too often, or by this caller."""
    await budgets.hit("reset-address", address, RESETS_PER_ADDRESS)
    await budgets.hit("reset-email", login_name(email), RESETS_PER_EMAIL)


async def allow_proof(budgets: NamedBudgets, staff: Staff) -> None:
    """RateLimited when somebody with this member's session has tried passwords or codes too often."""
    await budgets.hit("proof", str(staff.id), PROOFS_PER_MEMBER)


async def allow_invitation(budgets: NamedBudgets, staff: Staff) -> None:
    """RateLimited when an agency has people written to too often: it must not be anybody's way to send mails."""
    await budgets.hit("invitation", str(staff.agency_id), INVITATIONS_PER_AGENCY)
