"""Credit notes and deposits."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let invoices owe less by credit notes."""
    _invoices()


def _invoices() -> None:
    op.add_column("invoices", sa.Column("credited_minor", sa.BigInteger, nullable=False, server_default="0"))
    op.create_check_constraint(
        "credited_within_amount", "invoices", "credited_minor >= 0 AND credited_minor <= amount_minor"
    )
    op.drop_constraint("paid_in_full", "invoices", type_="check")
    op.create_check_constraint(
        "paid_in_full",
        "invoices",
        "status <> 'paid' OR (paid_minor > 0 AND paid_minor + credited_minor >= amount_minor)",
    )
