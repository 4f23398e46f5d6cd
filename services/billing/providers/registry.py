"""Which provider takes a payment: the agency's own account, else the deployment's, else the sandbox in development."""

from collections import OrderedDict
from uuid import UUID

from services.billing.providers.protocol import Provider, ProviderName
from services.billing.providers.sandbox import SandboxProvider
from services.billing.providers.stripe import StripeProvider

DEPLOYMENT = "deployment"
_ACCOUNTS_KEPT = 100


class Providers:
    """The providers of one process; agencies' own are made from their account's secrets when needed."""

    def __init__(
        self, *, stripe: StripeProvider | None = None, sandbox: SandboxProvider | None = None, stripe_api_base: str
    ) -> None:
        self.stripe, self.sandbox = stripe, sandbox
        self._stripe_api_base = stripe_api_base
        self._own: OrderedDict[tuple[UUID, int], StripeProvider] = OrderedDict()

    @property
    def default(self) -> Provider | None:
        """What agencies without an account of their own are paid through."""
        return self.stripe or self.sandbox

    def deployments(self, name: ProviderName) -> Provider | None:
        """The deployment's provider of that name."""
        return {ProviderName.STRIPE: self.stripe, ProviderName.SANDBOX: self.sandbox}.get(name)

    def own_stripe(self, account_id: UUID, version: int, *, secret_key: str, webhook_secret: str) -> StripeProvider:
        """An agency's own Stripe account; `version` grows when its secrets are changed."""
        kept = self._own.get((account_id, version))
        if kept is None:
            kept = StripeProvider(
                secret_key=secret_key,
                webhook_secret=webhook_secret,
                api_base=self._stripe_api_base,
                account=str(account_id),
            )
            self._own[(account_id, version)] = kept
            if len(self._own) > _ACCOUNTS_KEPT:
                self._own.popitem(last=False)
        return kept
