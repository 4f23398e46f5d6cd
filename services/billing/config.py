"""What the environment tells billing, on top of the common settings."""

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from chassis.settings import Settings as CommonSettings

STRIPE_API = "https://api.stripe.com"
PAYSTACK_API = "https://api.paystack.co"


class Settings(CommonSettings):
    """The deployment's own accounts at Stripe and Paystack; an agency that has set up its own is paid there instead."""

    model_config = SettingsConfigDict(populate_by_name=True)

    stripe_secret_key: SecretStr | None = Field(default=None, validation_alias="STRIPE_SECRET_KEY")
    stripe_webhook_secret: SecretStr | None = Field(default=None, validation_alias="STRIPE_WEBHOOK_SECRET")
    stripe_api_base: str = Field(default=STRIPE_API, validation_alias="STRIPE_API_BASE")
    paystack_secret_key: SecretStr | None = Field(default=None, validation_alias="PAYSTACK_SECRET_KEY")
    paystack_api_base: str = Field(default=PAYSTACK_API, validation_alias="PAYSTACK_API_BASE")
