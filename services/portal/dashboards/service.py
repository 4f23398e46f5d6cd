"""Use cases of dashboards: asks projects and billing for what the agency shows its clients."""

import asyncio

from chassis.principals import Client
from services.portal.clients import Balance, Directory, Papers, Work
from services.portal.dashboards.schemas import CurrencyStats, DashboardStats, PortalScopes
from services.portal.portal_settings.models import Module


async def read_stats(client: Client, *, directory: Directory, work: Work, papers: Papers) -> DashboardStats:
    """The client's figures; raises Unavailable when one of those who know does not answer, for half would mislead."""
    currency, active, balance = await asyncio.gather(
        directory.currency(client.agency_id), _active_projects(client, work), _balance(client, papers)
    )
    owed = balance.outstanding if Module.INVOICES in client.modules else ()
    stats = DashboardStats(
        currency=currency,
        open_orders=active,
        pending_estimates=balance.pending_quotes if Module.PROPOSALS in client.modules else 0,
        by_currency=[
            CurrencyStats(currency=one.currency, total_outstanding=one.amount, unpaid_invoices=one.invoices)
            for one in owed
        ],
    )
    for one in owed:
        if one.currency == currency:
            stats.total_outstanding, stats.unpaid_invoices = one.amount, one.invoices
    return stats


def scopes_of(client: Client) -> PortalScopes:
    """Which sections the agency shows its clients."""
    return PortalScopes(
        configurator=Module.INTAKE in client.modules,
        finance=Module.INVOICES in client.modules or Module.PROPOSALS in client.modules,
        support=Module.MESSAGES in client.modules,
    )


async def _active_projects(client: Client, work: Work) -> int:
    if Module.PROJECTS not in client.modules:
        return 0
    return await work.active_projects(client.agency_id, client.client_ids)


async def _balance(client: Client, papers: Papers) -> Balance:
    if not client.modules & {Module.INVOICES, Module.PROPOSALS}:
        return Balance()
    return await papers.balance(client.agency_id, client.client_ids)
