"""Use cases of second factors."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principals import Staff
from chassis.secrets import Vault, hash_token
from services.auth.context import Context
from services.auth.members import service as members
from services.auth.members.models import Member
from services.auth.second_factors import codes, repository
from services.auth.second_factors.models import (
    NoSecondFactor,
    SecondFactor,
    SecondFactorRequired,
    SecondFactorWrong,
    WrongCode,
)
from services.auth.second_factors.schemas import (
    RecoveryCodes,
    SecondFactorProof,
    SecondFactorPublic,
    SecondFactorSecret,
)


async def is_on(session: AsyncSession, agency_id: UUID, member_id: UUID) -> bool:
    """Whether the member signs in with a second factor."""
    factor = await repository.get(session, agency_id, member_id)
    return factor is not None and factor.is_on


async def show(session: AsyncSession, staff: Staff) -> SecondFactorPublic:
    """How the member signs in."""
    factor = await repository.get(session, staff.agency_id, staff.id)
    if factor is None or not factor.is_on:
        return SecondFactorPublic(enabled=False, recovery_codes_left=0)
    return SecondFactorPublic(enabled=True, recovery_codes_left=await repository.codes_left(session, factor))


async def set_up(
    session: AsyncSession, staff: Staff, *, password: str, context: Context, now: datetime
) -> SecondFactorSecret:
    """A secret for the member's app, in use from its first right code on. WrongPassword, SecondFactorOn."""
    member = await members.prove_again(context, staff, password=password)
    secret = codes.new_secret()
    sealed = context.vault.seal(secret.encode(), _place(member.agency_id, member.id))
    new = SecondFactor(
        agency_id=member.agency_id, member_id=member.id, sealed_secret=sealed, created_at=now, updated_at=now
    )
    await repository.add_unless_there(session, new)
    factor = await _lock(session, staff)
    factor.set_up(sealed, now)
    return SecondFactorSecret(secret=secret, uri=codes.app_address(secret, account=member.email))


async def confirm(session: AsyncSession, staff: Staff, *, code: str, context: Context, now: datetime) -> RecoveryCodes:
    """The app shows the right codes: signing in asks for them from now on.

    WrongCode, NoSecondFactor, SecondFactorOn.
    """
    factor = await _lock(session, staff)
    if not factor.is_on and not _take_app_code(factor, codes.comparable(code), vault=context.vault, now=now):
        raise WrongCode
    factor.confirm(now)
    return await _new_codes(session, factor, now)


async def renew_recovery_codes(
    session: AsyncSession, staff: Staff, *, proof: SecondFactorProof, context: Context, now: datetime
) -> RecoveryCodes:
    """Ten other recovery codes; the earlier ones are void. WrongPassword, WrongCode, NoSecondFactor."""
    return await _new_codes(session, await _prove(session, staff, proof=proof, context=context, now=now), now)


async def disable(
    session: AsyncSession, staff: Staff, *, proof: SecondFactorProof, context: Context, now: datetime
) -> None:
    """Signing in takes the password alone. WrongPassword, WrongCode, NoSecondFactor."""
    await repository.delete(session, await _prove(session, staff, proof=proof, context=context, now=now))


async def require(session: AsyncSession, member: Member, *, code: str | None, context: Context, now: datetime) -> None:
    """Let a member who has proven the password sign in. SecondFactorRequired, SecondFactorWrong.

    Of many who sign in with one code at once, one does: the others wait for the row, and find the code taken.
    """
    factor = await repository.lock(session, member.agency_id, member.id)
    if factor is None or not factor.is_on:
        return
    if code is None:
        raise SecondFactorRequired
    if not await _take(session, factor, code, vault=context.vault, now=now):
        raise SecondFactorWrong


async def _prove(
    session: AsyncSession, staff: Staff, *, proof: SecondFactorProof, context: Context, now: datetime
) -> SecondFactor:
    await members.prove_again(context, staff, password=proof.password)
    factor = await _lock(session, staff)
    if not factor.is_on:
        raise NoSecondFactor
    if not await _take(session, factor, proof.code, vault=context.vault, now=now):
        raise WrongCode
    return factor


async def _lock(session: AsyncSession, staff: Staff) -> SecondFactor:
    factor = await repository.lock(session, staff.agency_id, staff.id)
    if factor is None:
        raise NoSecondFactor
    return factor


async def _take(session: AsyncSession, factor: SecondFactor, typed: str, *, vault: Vault, now: datetime) -> bool:
    code = codes.comparable(typed)
    if codes.is_of_app(code):
        return _take_app_code(factor, code, vault=vault, now=now)
    return await repository.use_code(session, factor, hash_token(code), now)


def _take_app_code(factor: SecondFactor, code: str, *, vault: Vault, now: datetime) -> bool:
    secret = vault.open(factor.sealed_secret, _place(factor.agency_id, factor.member_id)).decode()
    return factor.take(codes.step_of(secret, code, now), now)


async def _new_codes(session: AsyncSession, factor: SecondFactor, now: datetime) -> RecoveryCodes:
    fresh = codes.new_recovery_codes()
    await repository.replace_codes(session, factor, [hash_token(codes.comparable(code)) for code in fresh], now)
    return RecoveryCodes(recovery_codes=fresh)


def _place(agency_id: UUID, member_id: UUID) -> str:
    return f"second_factor/{agency_id}/{member_id}"
