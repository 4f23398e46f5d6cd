"""The shapes of payment accounts outside; secrets come in and never go out."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, SecretStr, StringConstraints

from chassis.schemas import Input, Output
from services.billing.providers.protocol import ProviderName

Secret = Annotated[SecretStr, Field(min_length=8, max_length=300)]
Hint = Annotated[str, StringConstraints(max_length=8)]


class PaymentAccountSet(Input):
    """The agency's own Stripe account: its secret (or restricted) key and its webhook's signing secret."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"provider": "stripe", "secretKey": "sk_test_...", "webhookSecret": "whsec_..."}]
        }
    )

    provider: Literal[ProviderName.STRIPE] = ProviderName.STRIPE
    secret_key: Secret
    webhook_secret: Secret


class PaymentAccountPublic(Output):
    """Where the agency's clients pay, and the address that the provider's webhook is to be sent to."""

    provider: ProviderName | None = Field(examples=["stripe"])
    owner: Literal["agency", "deployment"] | None = Field(examples=["agency"])
    secret_hint: Hint | None = Field(examples=["...4eC3"])
    webhook_url: str | None
