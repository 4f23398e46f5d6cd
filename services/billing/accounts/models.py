"""An agency's own accounts at payment providers; their secrets are sealed and never shown again."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlmodel import Field

from chassis.tables import Row, enum_column, timestamp
from services.billing.providers.protocol import ProviderName


class PaymentAccount(Row, table=True):
    """Where an agency's clients pay; `secret_hint` is the end of the secret key, to tell two keys apart.

    One of each provider; the one chosen last is the one in use. Paystack has no webhook secret of its own.
    """

    __tablename__ = "payment_accounts"

    provider: ProviderName = enum_column(ProviderName)
    sealed_secret_key: bytes = Field(sa_type=LargeBinary)
    sealed_webhook_secret: bytes | None = Field(default=None, sa_type=LargeBinary)
    secret_hint: str
    chosen_at: datetime = timestamp(nullable=False)

    @property
    def place(self) -> str:
        """Where its secrets are sealed to: they open nowhere else."""
        place = f"payment_accounts/{self.agency_id}"
        return place if self.provider is ProviderName.STRIPE else f"{place}/{self.provider}"

    def choose(self, now: datetime) -> None:
        """Have clients pay here from now on."""
        self.chosen_at = now
        self.updated_at = now
