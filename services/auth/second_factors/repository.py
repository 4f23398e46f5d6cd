"""All SQL about second factors and recovery codes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete as delete_from
from sqlalchemy import func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.auth.second_factors.models import RecoveryCode, SecondFactor


async def add_unless_there(session: AsyncSession, factor: SecondFactor) -> None:
    """Save a member's second factor unless they have one."""
    await session.execute(
        insert(SecondFactor)
        .values(factor.model_dump())
        .on_conflict_do_nothing(index_elements=["agency_id", "member_id"])
    )


async def get(session: AsyncSession, agency_id: UUID, member_id: UUID) -> SecondFactor | None:
    """The member's second factor."""
    return (await session.scalars(_of(agency_id, member_id))).first()


async def lock(session: AsyncSession, agency_id: UUID, member_id: UUID) -> SecondFactor | None:
    """The member's second factor as it is now; whoever wants it too waits until this transaction ends."""
    query = _of(agency_id, member_id).with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(query)).first()


async def delete(session: AsyncSession, factor: SecondFactor) -> None:
    """Remove a second factor with its recovery codes."""
    await session.delete(factor)
    await session.flush()


async def replace_codes(session: AsyncSession, factor: SecondFactor, hashes: list[bytes], now: datetime) -> None:
    """Other recovery codes instead of those there were."""
    await session.execute(
        delete_from(RecoveryCode).where(
            col(RecoveryCode.agency_id) == factor.agency_id, col(RecoveryCode.second_factor_id) == factor.id
        )
    )
    session.add_all(
        RecoveryCode(
            agency_id=factor.agency_id, second_factor_id=factor.id, code_hash=code_hash, created_at=now, updated_at=now
        )
        for code_hash in hashes
    )
    await session.flush()


async def use_code(session: AsyncSession, factor: SecondFactor, code_hash: bytes, now: datetime) -> bool:
    """Use a recovery code up; False when it is unknown or used."""
    statement = (
        update(RecoveryCode)
        .where(
            col(RecoveryCode.agency_id) == factor.agency_id,
            col(RecoveryCode.second_factor_id) == factor.id,
            col(RecoveryCode.code_hash) == code_hash,
            col(RecoveryCode.used_at).is_(None),
        )
        .values(used_at=now)
        .returning(col(RecoveryCode.id))
        .execution_options(synchronize_session=False)
    )
    return (await session.scalars(statement)).first() is not None


async def codes_left(session: AsyncSession, factor: SecondFactor) -> int:
    """How many recovery codes are unused."""
    query = (
        select(func.count())
        .select_from(RecoveryCode)
        .where(
            RecoveryCode.agency_id == factor.agency_id,
            RecoveryCode.second_factor_id == factor.id,
            col(RecoveryCode.used_at).is_(None),
        )
    )
    return int((await session.execute(query)).scalar_one())


def _of(agency_id: UUID, member_id: UUID) -> SelectOfScalar[SecondFactor]:
    return select(SecondFactor).where(SecondFactor.agency_id == agency_id, SecondFactor.member_id == member_id)
