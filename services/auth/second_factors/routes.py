"""REST of second factors."""

from chassis.http.dependencies import Budgets, Now, Session
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.auth.dependencies import Ctx, CurrentMember
from services.auth.members.models import PeopleOnly, WrongPassword
from services.auth.second_factors import service
from services.auth.second_factors.models import NoSecondFactor, SecondFactorOn, WrongCode
from services.auth.second_factors.schemas import (
    RecoveryCodes,
    SecondFactorConfirm,
    SecondFactorOff,
    SecondFactorProof,
    SecondFactorPublic,
    SecondFactorSecret,
    SecondFactorSetUp,
)
from services.auth.sessions.budgets import allow_proof

router = Router(prefix="/api/auth/totp", tags=["Sessions"])


@router.get("", response_model=SecondFactorPublic, responses=problems(PeopleOnly))
async def show_second_factor(staff: CurrentMember, session: Session) -> SecondFactorPublic:
    """Show whether one's own sign-in asks for a code."""
    return await service.show(session, staff)


@router.post(
    "",
    status_code=201,
    response_model=SecondFactorSecret,
    responses=problems(PeopleOnly, WrongPassword, SecondFactorOn),
)
async def set_up_second_factor(
    body: SecondFactorSetUp, staff: CurrentMember, session: Session, context: Ctx, budgets: Budgets, now: Now
) -> SecondFactorSecret:
    """Set up two-factor sign-in (TOTP, RFC 6238: SHA-1, 30 seconds, 6 digits).

    It is on once a code of the app was confirmed; setting up again before gives another secret.
    """
    await allow_proof(budgets, staff)
    return await service.set_up(session, staff, password=body.password, context=context, now=now)


@router.post(
    "/confirm", response_model=RecoveryCodes, responses=problems(PeopleOnly, WrongCode, NoSecondFactor, SecondFactorOn)
)
async def confirm_second_factor(
    body: SecondFactorConfirm, staff: CurrentMember, session: Session, context: Ctx, budgets: Budgets, now: Now
) -> RecoveryCodes:
    """Switch two-factor sign-in on with a first code of the app.

    Answers ten recovery codes, shown this once.
    """
    await allow_proof(budgets, staff)
    return await service.confirm(session, staff, code=body.code, context=context, now=now)


@router.post(
    "/recovery-codes",
    response_model=RecoveryCodes,
    responses=problems(PeopleOnly, WrongPassword, WrongCode, NoSecondFactor),
)
async def renew_recovery_codes(
    body: SecondFactorProof, staff: CurrentMember, session: Session, context: Ctx, budgets: Budgets, now: Now
) -> RecoveryCodes:
    """Replace the recovery codes by ten others, shown this once."""
    await allow_proof(budgets, staff)
    return await service.renew_recovery_codes(session, staff, proof=body, context=context, now=now)


@router.post(
    "/disable",
    response_model=SecondFactorOff,
    responses=problems(PeopleOnly, WrongPassword, WrongCode, NoSecondFactor),
)
async def disable_second_factor(
    body: SecondFactorProof, staff: CurrentMember, session: Session, context: Ctx, budgets: Budgets, now: Now
) -> SecondFactorOff:
    """Switch two-factor sign-in off; its recovery codes are void."""
    await allow_proof(budgets, staff)
    await service.disable(session, staff, proof=body, context=context, now=now)
    return SecondFactorOff()
