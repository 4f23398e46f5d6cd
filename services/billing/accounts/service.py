"""What can be done with payment accounts, and which provider an agency is paid through."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from services.billing.accounts import repository
from services.billing.accounts.models import PaymentAccount
from services.billing.accounts.schemas import PaymentAccountPublic, PaymentAccountSet
from services.billing.context import Context
from services.billing.providers.protocol import Provider, ProviderName
from services.billing.providers.registry import DEPLOYMENT

_HINT = 4


async def get_account(session: AsyncSession, agency_id: UUID, *, context: Context) -> PaymentAccountPublic:
    """Where the agency's clients pay at present."""
    account = await repository.find(session, agency_id)
    provider = await provider_for(session, agency_id, context=context)
    webhook = f"{context.origin}/api/webhooks/stripe"
    return PaymentAccountPublic(
        provider=provider.name if provider else None,
        owner=None if provider is None else "agency" if account else "deployment",
        secret_hint=account.secret_hint if account else None,
        webhook_url=f"{webhook}/{agency_id}" if account else webhook if context.providers.stripe else None,
    )


async def set_account(
    session: AsyncSession, agency_id: UUID, *, body: PaymentAccountSet, context: Context, now: datetime
) -> PaymentAccountPublic:
    """Have the agency paid through its own account from now on."""
    account = await repository.find(session, agency_id, lock=True)
    secret = body.secret_key.get_secret_value()
    sealed_secret = context.vault.seal(secret.encode(), _place(agency_id))
    sealed_webhook = context.vault.seal(body.webhook_secret.get_secret_value().encode(), _place(agency_id))
    hint = f"...{secret[-_HINT:]}"
    if account is None:
        account = PaymentAccount(
            agency_id=agency_id,
            provider=body.provider,
            sealed_secret_key=sealed_secret,
            sealed_webhook_secret=sealed_webhook,
            secret_hint=hint,
            created_at=now,
        )
        session.add(account)
    account.sealed_secret_key, account.sealed_webhook_secret = sealed_secret, sealed_webhook
    account.secret_hint, account.updated_at = hint, now
    await session.flush()
    return await get_account(session, agency_id, context=context)


async def remove_account(session: AsyncSession, agency_id: UUID, *, context: Context) -> PaymentAccountPublic:
    """Have the agency paid through the deployment's account again."""
    account = await repository.find(session, agency_id, lock=True)
    if account is None:
        raise NotFound
    await session.delete(account)
    await session.flush()
    return await get_account(session, agency_id, context=context)


async def provider_for(session: AsyncSession, agency_id: UUID, *, context: Context) -> Provider | None:
    """Through whom the agency is paid: its own account, else the deployment's, else nobody."""
    return await own_provider(session, agency_id, context=context) or context.providers.default


async def own_provider(session: AsyncSession, agency_id: UUID, *, context: Context) -> Provider | None:
    """The agency's own account, if it has one."""
    account = await repository.find(session, agency_id)
    if account is None:
        return None
    place = _place(agency_id)
    return context.providers.own_stripe(
        account.id,
        account.version,
        secret_key=context.vault.open(account.sealed_secret_key, place).decode(),
        webhook_secret=context.vault.open(account.sealed_webhook_secret, place).decode(),
    )


async def provider_of(
    session: AsyncSession, agency_id: UUID, *, name: ProviderName, account: str, context: Context
) -> Provider | None:
    """The provider that a checkout was opened with; None when that account has been removed since."""
    if account == DEPLOYMENT:
        return context.providers.deployments(name)
    own = await own_provider(session, agency_id, context=context)
    return own if own and own.account == account else None


def _place(agency_id: UUID) -> str:
    return f"payment_accounts/{agency_id}"
