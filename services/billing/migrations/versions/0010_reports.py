"""Indexes by day, for the reports of what came in month by month."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let payments, refunds, invoices and credit notes be found by their days."""
    op.create_index("payments_received", "payments", ["agency_id", "received_on"])
    op.create_index(
        "refunds_made", "refunds", ["agency_id", "refunded_on"], postgresql_where=sa.text("status = 'succeeded'")
    )
    op.create_index(
        "invoices_issued", "invoices", ["agency_id", "issued_on"], postgresql_where=sa.text("issued_on IS NOT NULL")
    )
    op.create_index("credit_notes_issued", "credit_notes", ["agency_id", "issued_on"])
