"""A provider's webhook: believed only when signed, acted upon only when everything matches, logged always."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from chassis.telemetry import log
from services.billing.accounts import service as accounts
from services.billing.checkouts import service
from services.billing.checkouts.models import ReceivedEvent, Verdict
from services.billing.context import Context
from services.billing.providers.protocol import Attempt, BadSignature, Provider, ProviderEvent, ProviderName
from services.billing.refunds import service as refunds

# Under which rightly signed events are logged that name no agency of ours.
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Webhook:
    """What arrived: the body byte for byte, and the signature header."""

    raw: bytes
    signature: str | None


async def receive_from_deployment(context: Context, name: ProviderName, *, webhook: Webhook, now: datetime) -> Verdict:
    """A webhook of the deployment's own account at a provider; raises BadSignature."""
    provider = context.providers.deployments(name)
    if provider is None:
        raise BadSignature
    return await receive(context, provider, webhook=webhook, now=now)


async def receive_from_agency(
    context: Context, name: ProviderName, *, agency_id: UUID, webhook: Webhook, now: datetime
) -> Verdict:
    """A webhook of an agency's own account, else of the deployment's about that agency; raises BadSignature."""
    async with context.database.unit(agency_id) as session:
        own = await accounts.own_provider(session, agency_id, name=name, context=context)
    provider = own or context.providers.deployments(name)
    if provider is None:
        raise BadSignature
    return await receive(context, provider, webhook=webhook, now=now, agency_id=agency_id)


async def receive(
    context: Context,
    provider: Provider,
    *,
    webhook: Webhook,
    now: datetime,
    agency_id: UUID | None = None,
) -> Verdict:
    """Verify, judge and log one webhook; `agency_id` is whose it must be, None when any agency's may come."""
    event = provider.read_event(webhook.raw, webhook.signature, now)
    located = await _locate(context, provider, event)
    tenant = agency_id or (located[0] if located else None) or (event.report and event.report.agency_id) or NOBODY
    checkout_id = located[1] if located and located[0] == tenant else None
    async with context.database.unit(tenant) as session:
        verdict = await _act(session, event, tenant=tenant, checkout_id=checkout_id, context=context, now=now)
        received = ReceivedEvent(
            agency_id=tenant,
            provider=provider.name,
            account=provider.account,
            event_id=event.id,
            type=event.type,
            verdict=verdict,
            checkout_id=None if event.is_foreign else checkout_id,
        )
        await service.log_event(session, received)
    log.info("provider_event", provider=provider.name, type=event.type, event_id=event.id, verdict=verdict)
    return verdict


async def _act(
    session: AsyncSession,
    event: ProviderEvent,
    *,
    tenant: UUID,
    checkout_id: UUID | None,
    context: Context,
    now: datetime,
) -> Verdict:
    if event.is_foreign:
        return Verdict.WRONG_ACCOUNT
    if event.report is None and event.bell is None:
        return Verdict.UNCHANGED
    if checkout_id is None:
        return Verdict.NOT_OURS
    if event.report:
        return await service.settle(
            session, tenant, checkout_id=checkout_id, report=event.report, context=context, now=now
        )
    await refunds.ring(session, tenant, checkout_id=checkout_id, context=context, now=now)
    return Verdict.RUNG


async def _locate(context: Context, provider: Provider, event: ProviderEvent) -> tuple[UUID, UUID] | None:
    async with context.database.across_agencies() as session:
        if event.report:
            return await service.locate(session, provider=provider, report=event.report)
        return await service.locate_rung(session, provider=provider, bell=event.bell) if event.bell else None


async def send_from_sandbox(context: Context, attempt: Attempt, *, is_approved: bool, now: datetime) -> None:
    """What a button of the sandbox causes: a signed webhook that goes the same way as every other."""
    sandbox = context.providers.sandbox
    if sandbox is None:
        raise NotFound
    raw, signature = sandbox.event_of(attempt, is_approved=is_approved, now=now)
    await receive(context, sandbox, webhook=Webhook(raw, signature), now=now)
