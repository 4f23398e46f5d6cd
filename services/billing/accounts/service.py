"""What can be done with payment accounts, and which provider an agency is paid through."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Invalid, NotFound
from services.billing.accounts import repository
from services.billing.accounts.models import PaymentAccount
from services.billing.accounts.schemas import PaymentAccountKept, PaymentAccountPublic, PaymentAccountSet
from services.billing.context import Context
from services.billing.providers.protocol import Provider, ProviderName
from services.billing.providers.registry import DEPLOYMENT

_HINT = 4


async def get_account(session: AsyncSession, agency_id: UUID, *, context: Context) -> PaymentAccountPublic:
    """Where the agency's clients pay at present, and its own accounts, the chosen one first."""
    kept = _shown(await repository.find_all(session, agency_id), context)
    if kept:
        chosen = kept[0]
        return PaymentAccountPublic(
            provider=chosen.provider,
            owner="agency",
            secret_hint=chosen.secret_hint,
            webhook_url=chosen.webhook_url,
            accounts=kept,
        )
    default = next(iter(context.providers.in_order), None)
    has_webhook = default is not None and default.name is not ProviderName.SANDBOX
    return PaymentAccountPublic(
        provider=default.name if default else None,
        owner="deployment" if default else None,
        secret_hint=None,
        webhook_url=_webhook_url(context, default.name) if default and has_webhook else None,
        accounts=[],
    )


async def set_account(
    session: AsyncSession, agency_id: UUID, *, body: PaymentAccountSet, context: Context, now: datetime
) -> PaymentAccountPublic:
    """Have the agency paid through its own account at that provider from now on."""
    await repository.lock(session, agency_id)
    accounts = await repository.find_all(session, agency_id)
    account = next((one for one in accounts if one.provider is body.provider), None)
    if body.secret_key is None:
        if account is None:
            raise Invalid.field("secretKey", "is needed: no account of this provider is kept")
        account.choose(now)
    else:
        _keep(session, account, agency_id=agency_id, body=body, secret=body.secret_key, context=context, now=now)
    await session.flush()
    return await get_account(session, agency_id, context=context)


async def remove_account(
    session: AsyncSession, agency_id: UUID, *, name: ProviderName | None, context: Context
) -> PaymentAccountPublic:
    """Forget one account, the chosen one unless another is named; the one chosen before it takes its place."""
    await repository.lock(session, agency_id)
    accounts = await repository.find_all(session, agency_id)
    account = next((one for one in accounts if name in (None, one.provider)), None)
    if account is None:
        raise NotFound
    await session.delete(account)
    await session.flush()
    return await get_account(session, agency_id, context=context)


async def provider_for(session: AsyncSession, agency_id: UUID, *, currency: str, context: Context) -> Provider | None:
    """Through whom the agency is paid in a currency: its own accounts, the chosen one first, else the deployment's.

    An agency with accounts of its own is paid through these alone: its money goes nowhere that it has not named.
    """
    own = [_open(account, context) for account in await repository.find_all(session, agency_id)]
    return next((provider for provider in own or context.providers.in_order if provider.takes(currency)), None)


async def own_provider(
    session: AsyncSession, agency_id: UUID, *, name: ProviderName, context: Context
) -> Provider | None:
    """The agency's own account at a provider, if it has one."""
    accounts = await repository.find_all(session, agency_id)
    return next((_open(account, context) for account in accounts if account.provider is name), None)


async def provider_of(
    session: AsyncSession, agency_id: UUID, *, name: ProviderName, account: str, context: Context
) -> Provider | None:
    """The provider that a checkout was opened with; None when that account has been removed since."""
    if account == DEPLOYMENT:
        return context.providers.deployments(name)
    own = await own_provider(session, agency_id, name=name, context=context)
    return own if own and own.account == account else None


def _keep(
    session: AsyncSession,
    account: PaymentAccount | None,
    *,
    agency_id: UUID,
    body: PaymentAccountSet,
    secret: SecretStr,
    context: Context,
    now: datetime,
) -> None:
    key, webhook = secret.get_secret_value(), body.webhook_secret
    if account is None:
        account = PaymentAccount(
            agency_id=agency_id,
            provider=body.provider,
            sealed_secret_key=b"",
            secret_hint="",
            chosen_at=now,
            created_at=now,
        )
        session.add(account)
    account.sealed_secret_key = context.vault.seal(key.encode(), account.place)
    account.sealed_webhook_secret = (
        context.vault.seal(webhook.get_secret_value().encode(), account.place) if webhook else None
    )
    account.secret_hint = f"...{key[-_HINT:]}"
    account.choose(now)


def _open(account: PaymentAccount, context: Context) -> Provider:
    secret_key = context.vault.open(account.sealed_secret_key, account.place).decode()
    if account.provider is ProviderName.PAYSTACK:
        return context.providers.own_paystack(account.id, account.version, secret_key=secret_key)
    sealed = account.sealed_webhook_secret
    webhook_secret = context.vault.open(sealed, account.place).decode() if sealed else ""
    return context.providers.own_stripe(
        account.id, account.version, secret_key=secret_key, webhook_secret=webhook_secret
    )


def _shown(accounts: Sequence[PaymentAccount], context: Context) -> list[PaymentAccountKept]:
    return [
        PaymentAccountKept(
            provider=account.provider,
            is_chosen=account is accounts[0],
            secret_hint=account.secret_hint,
            webhook_url=f"{_webhook_url(context, account.provider)}/{account.agency_id}",
        )
        for account in accounts
    ]


def _webhook_url(context: Context, name: ProviderName) -> str:
    return f"{context.origin}/api/webhooks/{name}"
