"""Agencies' time zones, what is followed up on invoices, reminders and recurring invoices."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from chassis.migrations import protect

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOST = 10**15
_OPEN = "status IN ('sent', 'viewed', 'partially_paid')"


def upgrade() -> None:
    """Create the tables, each behind row-level security."""
    _agencies()
    _follow_ups()
    _reminder_settings()
    _reminders()
    _recurring_invoices()
    _recurring_invoice_periods()


def _agencies() -> None:
    op.create_table(
        "agencies",
        *_row(),
        sa.Column("time_zone", sa.Text, nullable=False),
        sa.Column("source_version", sa.BigInteger, nullable=False),
    )
    protect(op, "agencies")


def _follow_ups() -> None:
    # Filled by its default, because the owner of the tables sees no agency's rows: what is open is looked at once.
    op.add_column("invoices", sa.Column("follow_up_at", sa.DateTime(timezone=True), server_default=sa.func.now()))
    op.alter_column("invoices", "follow_up_at", server_default=None)
    op.add_column("invoices", sa.Column("overdue_from", sa.DateTime(timezone=True)))
    op.add_column("invoices", sa.Column("overdue_at", sa.DateTime(timezone=True)))
    op.create_check_constraint("overdue_when_issued", "invoices", "overdue_at IS NULL OR status <> 'draft'")
    # What the job looks for, over all agencies.
    op.create_index(
        "invoices_follow_up",
        "invoices",
        ["follow_up_at", "id"],
        postgresql_where=sa.text(f"{_OPEN} AND follow_up_at IS NOT NULL"),
    )


def _reminder_settings() -> None:
    op.create_table(
        "reminder_settings",
        *_row(),
        sa.Column("days_before_due", JSONB, nullable=False),
        sa.Column("days_after_due", JSONB, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("agency_id", name="reminder_settings_one_each"),
    )
    protect(op, "reminder_settings")


def _reminders() -> None:
    op.create_table(
        "invoice_reminders",
        *_row(),
        sa.Column("invoice_id", sa.Uuid, nullable=False),
        sa.Column("days_from_due", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["agency_id", "invoice_id"], ["invoices.agency_id", "invoices.id"]),
        sa.UniqueConstraint("agency_id", "invoice_id", "days_from_due", name="invoice_reminders_each_once"),
    )
    protect(op, "invoice_reminders", append_only=True)


def _recurring_invoices() -> None:
    op.create_table(
        "recurring_invoices",
        *_row(),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("project_id", sa.Uuid),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("decimals", sa.SmallInteger, nullable=False),
        sa.Column("lines", JSONB, nullable=False),
        sa.Column("tax_inclusive", sa.Boolean, nullable=False),
        sa.Column("discount", JSONB),
        # Not JSONB: it is passed through as it was written.
        sa.Column("shown", sa.JSON, nullable=False),
        sa.Column("subtotal_minor", sa.BigInteger, nullable=False),
        sa.Column("discount_minor", sa.BigInteger, nullable=False),
        sa.Column("tax_minor", sa.BigInteger, nullable=False),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("frequency", sa.Text, nullable=False),
        sa.Column("every", sa.Integer, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.Column("occurrences", sa.Integer),
        sa.Column("days_until_due", sa.Integer, nullable=False),
        sa.Column("send_email", sa.Boolean, nullable=False),
        sa.Column("draft", sa.Boolean, nullable=False),
        sa.Column("next_on", sa.Date),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("last_period_on", sa.Date),
        sa.Column("last_invoice_id", sa.Uuid),
        sa.Column("issued_count", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("failed_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["agency_id", "client_id"], ["clients.agency_id", "clients.id"]),
        # A draft may be thrown away.
        sa.ForeignKeyConstraint(
            ["agency_id", "last_invoice_id"],
            ["invoices.agency_id", "invoices.id"],
            ondelete="SET NULL (last_invoice_id)",
        ),
        *_recurring_invoice_checks(),
    )
    op.create_index("recurring_invoices_client", "recurring_invoices", ["agency_id", "client_id", "id"])
    op.create_index("recurring_invoices_status", "recurring_invoices", ["agency_id", "status", "id"])
    op.create_index(
        "recurring_invoices_last_invoice",
        "recurring_invoices",
        ["agency_id", "last_invoice_id"],
        postgresql_where=sa.text("last_invoice_id IS NOT NULL"),
    )
    # What the job looks for, over all agencies.
    op.create_index(
        "recurring_invoices_due", "recurring_invoices", ["due_at", "id"], postgresql_where=sa.text("due_at IS NOT NULL")
    )
    protect(op, "recurring_invoices")


def _recurring_invoice_checks() -> list[sa.CheckConstraint]:
    """What the model holds, held by the database as well."""
    return [
        sa.CheckConstraint("status IN ('active', 'paused', 'failed', 'ended')", name="status_is_known"),
        sa.CheckConstraint("frequency IN ('weekly', 'monthly', 'quarterly', 'yearly')", name="frequency_is_known"),
        sa.CheckConstraint("every BETWEEN 1 AND 100", name="every_is_sensible"),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_iso_4217"),
        sa.CheckConstraint("decimals BETWEEN 0 AND 4", name="decimals_are_few"),
        sa.CheckConstraint(f"amount_minor > 0 AND amount_minor <= {_MOST}", name="amount_is_billable"),
        sa.CheckConstraint(
            "subtotal_minor >= discount_minor AND discount_minor >= 0 AND tax_minor >= 0", name="sums_are_not_negative"
        ),
        sa.CheckConstraint(
            "amount_minor = subtotal_minor - discount_minor + CASE WHEN tax_inclusive THEN 0 ELSE tax_minor END",
            name="sums_agree",
        ),
        sa.CheckConstraint("ends_on IS NULL OR occurrences IS NULL", name="ends_one_way"),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),
        sa.CheckConstraint("occurrences > 0", name="occurrences_count_from_one"),
        sa.CheckConstraint("days_until_due BETWEEN 0 AND 365", name="days_until_due_are_sensible"),
        sa.CheckConstraint("issued_count >= 0", name="issued_count_is_not_negative"),
        sa.CheckConstraint("NOT (draft AND send_email)", name="drafts_are_not_mailed"),
        sa.CheckConstraint("(status IN ('active', 'failed')) = (next_on IS NOT NULL)", name="next_while_it_goes_on"),
        sa.CheckConstraint("(status = 'active') = (due_at IS NOT NULL)", name="due_while_active"),
        sa.CheckConstraint(
            "(status = 'failed') = (error IS NOT NULL) AND (error IS NULL) = (failed_at IS NULL)", name="failed_whole"
        ),
        sa.CheckConstraint("next_on > last_period_on", name="periods_go_forward"),
    ]


def _recurring_invoice_periods() -> None:
    op.create_table(
        "recurring_invoice_periods",
        *_row(),
        sa.Column("recurring_invoice_id", sa.Uuid, nullable=False),
        sa.Column("period_on", sa.Date, nullable=False),
        sa.Column("invoice_id", sa.Uuid),
        sa.ForeignKeyConstraint(
            ["agency_id", "recurring_invoice_id"],
            ["recurring_invoices.agency_id", "recurring_invoices.id"],
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "invoice_id"], ["invoices.agency_id", "invoices.id"], ondelete="SET NULL (invoice_id)"
        ),
        sa.UniqueConstraint(
            "agency_id", "recurring_invoice_id", "period_on", name="recurring_invoice_periods_each_once"
        ),
    )
    op.create_index(
        "recurring_invoice_periods_invoice",
        "recurring_invoice_periods",
        ["agency_id", "invoice_id"],
        postgresql_where=sa.text("invoice_id IS NOT NULL"),
    )
    protect(op, "recurring_invoice_periods", append_only=True)


def _row() -> list[sa.Column[object]]:
    """The columns that every row has."""
    return [
        sa.Column("agency_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    ]
