"""The day on which an invoice was voided, where its agency was."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep it; what was voided before has the day of UTC, so that statements say the same when asked again."""
    op.add_column("invoices", sa.Column("voided_on", sa.Date))
    op.execute("ALTER TABLE invoices NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "UPDATE invoices SET voided_on = (voided_at AT TIME ZONE 'UTC')::date"
        " WHERE status = 'void' AND credited_minor < amount_minor"
    )
    op.execute("ALTER TABLE invoices FORCE ROW LEVEL SECURITY")
