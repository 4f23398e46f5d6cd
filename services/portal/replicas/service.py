"""Use cases of the replicas."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.portal.replicas import repository
from services.portal.replicas.models import Agency, Client, Company


async def keep_agency(
    session: AsyncSession, agency_id: UUID, *, name: str, slug: str, version: int, now: datetime
) -> None:
    """Take over what auth tells of an agency."""
    agency = Agency(agency_id=agency_id, id=agency_id, name=name, slug=slug, source_version=version)
    await repository.save_agency(session, agency, now=now)


async def keep_client(
    session: AsyncSession, agency_id: UUID, *, client_id: UUID, facts: dict[str, Any], version: int, now: datetime
) -> None:
    """Take over what auth tells of a client: number, name, email, company and company_id."""
    client = Client(agency_id=agency_id, id=client_id, source_version=version, **facts)
    await repository.save_client(session, client, now=now)


async def forget_client(
    session: AsyncSession, agency_id: UUID, *, client_id: UUID, version: int, now: datetime
) -> None:
    """Drop what is known of a client that auth has deleted."""
    await repository.delete_client(session, agency_id, client_id, source_version=version, now=now)


async def keep_company(
    session: AsyncSession, agency_id: UUID, *, company_id: UUID, facts: dict[str, Any], version: int, now: datetime
) -> None:
    """Take over what auth tells of a company: number and name."""
    company = Company(agency_id=agency_id, id=company_id, source_version=version, **facts)
    await repository.save_company(session, company, now=now)


async def forget_company(
    session: AsyncSession, agency_id: UUID, *, company_id: UUID, version: int, now: datetime
) -> None:
    """Drop what is known of a company that auth has deleted."""
    await repository.delete_company(session, agency_id, company_id, source_version=version, now=now)
