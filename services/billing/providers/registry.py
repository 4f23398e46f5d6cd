"""The providers of one process: the deployment's accounts in the order of preference, and agencies' own."""

from collections import OrderedDict
from collections.abc import Sequence
from uuid import UUID

from services.billing.providers.paystack import PaystackProvider
from services.billing.providers.paystack_api import PaystackApi
from services.billing.providers.protocol import Provider, ProviderName
from services.billing.providers.sandbox import SandboxProvider
from services.billing.providers.stripe import StripeProvider

DEPLOYMENT = "deployment"
_ACCOUNTS_KEPT = 100

OwnProvider = StripeProvider | PaystackProvider


class Providers:
    """The providers of one process; agencies' own are made from their account's secrets when needed."""

    def __init__(
        self,
        *,
        stripe: StripeProvider | None = None,
        paystack: PaystackProvider | None = None,
        sandbox: SandboxProvider | None = None,
        stripe_api_base: str,
        paystack_api: PaystackApi,
    ) -> None:
        self.stripe, self.paystack, self.sandbox = stripe, paystack, sandbox
        self._stripe_api_base, self._paystack_api = stripe_api_base, paystack_api
        self._own: OrderedDict[tuple[UUID, int], OwnProvider] = OrderedDict()

    @property
    def in_order(self) -> Sequence[Provider]:
        """What agencies without an account of their own are paid through, the preferred one first."""
        return [provider for provider in (self.stripe, self.paystack, self.sandbox) if provider]

    def deployments(self, name: ProviderName) -> Provider | None:
        """The deployment's provider of that name."""
        return next((provider for provider in self.in_order if provider.name is name), None)

    def own_stripe(self, account_id: UUID, version: int, *, secret_key: str, webhook_secret: str) -> Provider:
        """An agency's own Stripe account; `version` grows when its secrets are changed."""
        kept = self._own.get((account_id, version))
        return kept or self._keep(
            (account_id, version),
            StripeProvider(
                secret_key=secret_key,
                webhook_secret=webhook_secret,
                api_base=self._stripe_api_base,
                account=str(account_id),
            ),
        )

    def own_paystack(self, account_id: UUID, version: int, *, secret_key: str) -> Provider:
        """An agency's own Paystack account; `version` grows when its secret key is changed."""
        kept = self._own.get((account_id, version))
        return kept or self._keep(
            (account_id, version),
            PaystackProvider(secret_key=secret_key, api=self._paystack_api, account=str(account_id)),
        )

    async def close(self) -> None:
        """Close what is open to the outside."""
        await self._paystack_api.close()

    def _keep(self, key: tuple[UUID, int], provider: OwnProvider) -> Provider:
        self._own[key] = provider
        if len(self._own) > _ACCOUNTS_KEPT:
            self._own.popitem(last=False)
        return provider
