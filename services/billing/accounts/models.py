"""An agency's own account at a payment provider; its secrets are sealed and never shown again."""

from sqlalchemy import LargeBinary
from sqlmodel import Field

from chassis.tables import Row, enum_column
from services.billing.providers.protocol import ProviderName


class PaymentAccount(Row, table=True):
    """Where an agency's clients pay; `secret_hint` is the end of the secret key, to tell two keys apart."""

    __tablename__ = "payment_accounts"

    provider: ProviderName = enum_column(ProviderName)
    sealed_secret_key: bytes = Field(sa_type=LargeBinary)
    sealed_webhook_secret: bytes = Field(sa_type=LargeBinary)
    secret_hint: str
