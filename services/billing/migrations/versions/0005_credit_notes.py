"""Credit notes and deposits."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from chassis.migrations import protect

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOST = 10**15


def upgrade() -> None:
    """Let invoices owe less by credit notes, and be paid in parts."""
    _invoices()
    _credit_notes()
    _credit_note_numbers()


def _invoices() -> None:
    # Filled by their defaults, because the owner of the tables sees no agency's rows and could not update them.
    for name in ("credited_minor", "deposit_minor", "least_minor"):
        op.add_column("invoices", sa.Column(name, sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("invoices", sa.Column("deposit", JSONB))
    op.add_column("invoices", sa.Column("deposit_on", sa.Date))
    op.add_column("invoices", sa.Column("in_parts", sa.Boolean, nullable=False, server_default=sa.false()))
    op.drop_constraint("paid_in_full", "invoices", type_="check")
    for name, condition in (
        ("credited_within_amount", "credited_minor >= 0 AND credited_minor <= amount_minor"),
        ("paid_in_full", "status <> 'paid' OR (paid_minor > 0 AND paid_minor + credited_minor >= amount_minor)"),
        ("deposit_whole", "(deposit IS NULL) = (deposit_on IS NULL) AND (deposit IS NULL) = (deposit_minor = 0)"),
        ("deposit_within_amount", "deposit_minor >= 0 AND deposit_minor <= amount_minor"),
        ("least_within_amount", "least_minor >= 0 AND least_minor <= amount_minor AND (in_parts OR least_minor = 0)"),
    ):
        op.create_check_constraint(name, "invoices", condition)


def _credit_notes() -> None:
    op.create_table(
        "credit_notes",
        sa.Column("agency_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("invoice_id", sa.Uuid, nullable=False),
        sa.Column("invoice_number", sa.Integer, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("project_id", sa.Uuid),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("decimals", sa.SmallInteger, nullable=False),
        sa.Column("lines", JSONB, nullable=False),
        sa.Column("tax_inclusive", sa.Boolean, nullable=False),
        sa.Column("discount", JSONB),
        sa.Column("taxes", JSONB, nullable=False),
        # Not JSONB: it is passed through as it was written.
        sa.Column("shown", sa.JSON, nullable=False),
        sa.Column("subtotal_minor", sa.BigInteger, nullable=False),
        sa.Column("discount_minor", sa.BigInteger, nullable=False),
        sa.Column("tax_minor", sa.BigInteger, nullable=False),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.ForeignKeyConstraint(["agency_id", "invoice_id"], ["invoices.agency_id", "invoices.id"]),
        sa.ForeignKeyConstraint(["agency_id", "client_id"], ["clients.agency_id", "clients.id"]),
        sa.UniqueConstraint("agency_id", "number", name="credit_notes_number"),
        sa.CheckConstraint("number > 0 AND invoice_number > 0", name="number_counts_from_one"),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_iso_4217"),
        sa.CheckConstraint("decimals BETWEEN 0 AND 4", name="decimals_are_few"),
        sa.CheckConstraint(f"amount_minor > 0 AND amount_minor <= {_MOST}", name="amount_is_billable"),
        sa.CheckConstraint("discount_minor >= 0 AND tax_minor >= 0", name="sums_are_not_negative"),
        sa.CheckConstraint(
            "amount_minor = subtotal_minor - discount_minor + CASE WHEN tax_inclusive THEN 0 ELSE tax_minor END",
            name="sums_agree",
        ),
    )
    op.create_index("credit_notes_invoice", "credit_notes", ["agency_id", "invoice_id", "id"])
    op.create_index("credit_notes_client", "credit_notes", ["agency_id", "client_id", "id"])
    protect(op, "credit_notes", append_only=True)


def _credit_note_numbers() -> None:
    op.create_table(
        "credit_note_numbers",
        sa.Column("agency_id", sa.Uuid, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
        sa.CheckConstraint("last > 0", name="last_counts_from_one"),
    )
    protect(op, "credit_note_numbers")
