"""The shapes of payment accounts outside; secrets come in and never go out."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, SecretStr, StringConstraints, model_validator

from chassis.schemas import Input, Output
from services.billing.providers.protocol import ProviderName


def _is_plain(secret: SecretStr) -> SecretStr:
    # It travels in a header.
    if not all("!" <= sign <= "~" for sign in secret.get_secret_value()):
        raise ValueError("must be letters, digits and signs without a space")
    return secret


Secret = Annotated[SecretStr, Field(min_length=8, max_length=300), AfterValidator(_is_plain)]
Hint = Annotated[str, StringConstraints(max_length=8)]
Account = Literal[ProviderName.STRIPE, ProviderName.PAYSTACK]


class PaymentAccountSet(Input):
    """The agency's own account: its secret (or restricted) key and, at Stripe, its webhook's signing secret.

    Without secrets, the account that is kept of that provider is chosen again.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"provider": "stripe", "secretKey": "sk_test_...", "webhookSecret": "whsec_..."},
                {"provider": "paystack", "secretKey": "sk_test_..."},
            ]
        }
    )

    provider: Account = ProviderName.STRIPE
    secret_key: Secret | None = None
    webhook_secret: Secret | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.provider is ProviderName.PAYSTACK and self.webhook_secret:
            raise ValueError("Paystack signs its webhooks with the secret key: leave webhookSecret out")
        if self.provider is ProviderName.STRIPE and bool(self.secret_key) != bool(self.webhook_secret):
            raise ValueError("Stripe needs secretKey and webhookSecret together")
        return self


class PaymentAccountKept(Output):
    """One of the agency's own accounts; its provider's webhook is to be sent to `webhookUrl`."""

    provider: ProviderName = Field(examples=["paystack"])
    is_chosen: bool
    secret_hint: Hint = Field(examples=["...4eC3"])
    webhook_url: str


class PaymentAccountPublic(Output):
    """Where the agency's clients pay, and the address that the provider's webhook is to be sent to."""

    provider: ProviderName | None = Field(examples=["stripe"])
    owner: Literal["agency", "deployment"] | None = Field(examples=["agency"])
    secret_hint: Hint | None = Field(examples=["...4eC3"])
    webhook_url: str | None
    accounts: list[PaymentAccountKept]
