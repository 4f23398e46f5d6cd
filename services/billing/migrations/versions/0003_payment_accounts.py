"""Several payment accounts of an agency, one of each provider, and Paystack among the providers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_PROVIDERS = {
    "payment_accounts": "'stripe', 'paystack'",
    "checkouts": "'stripe', 'paystack', 'sandbox'",
    "payments": "'stripe', 'paystack', 'sandbox', 'manual'",
}


def upgrade() -> None:
    """Let Paystack in; the account that an agency has is the one it has chosen."""
    for table, providers in _PROVIDERS.items():
        op.drop_constraint("provider_is_known", table, type_="check")
        op.create_check_constraint("provider_is_known", table, f"provider IN ({providers})")
    op.drop_constraint("payment_accounts_one_each", "payment_accounts", type_="unique")
    op.create_unique_constraint("payment_accounts_one_each", "payment_accounts", ["agency_id", "provider"])
    op.alter_column("payment_accounts", "sealed_webhook_secret", nullable=True)
    op.create_check_constraint(
        "webhook_secret_where_it_is_needed",
        "payment_accounts",
        "(provider = 'stripe') = (sealed_webhook_secret IS NOT NULL)",
    )
    # Filled by its default, because the owner of the tables sees no agency's rows and could not update them.
    op.add_column(
        "payment_accounts",
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    )
