"""Use case of a member who is signed in: another password."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principals import Staff
from services.auth.context import Context
from services.auth.members import service as members
from services.auth.members.models import WrongPassword
from services.auth.members.passwords import check_password
from services.auth.password_resets.service import replace_password
from services.auth.sessions.schemas import PasswordChange


async def change_password(
    session: AsyncSession, staff: Staff, *, body: PasswordChange, context: Context, now: datetime
) -> None:
    """Another password by the present one; the member's other sessions end. WrongPassword, PasswordTooCommon."""
    proven = await members.prove_again(context, staff, password=body.current_password)
    check_password(body.new_password, personal=(proven.email, proven.name), field="newPassword")
    password_hash = await context.hasher.hash(body.new_password)
    member = await members.hold(session, proven, to_change=True)
    if member is None:
        raise WrongPassword
    await replace_password(session, member, password_hash=password_hash, keep=staff.credential_id, now=now)
