"""Custodian clients, their session tokens, one-time passwords and wallets."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Nothing yet."""
