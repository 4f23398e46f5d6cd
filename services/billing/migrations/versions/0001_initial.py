"""Replicas of clients and projects, invoices and their numbers, payments, payment accounts, checkouts and events."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from chassis.migrations import create_chassis_tables, protect

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOST = 10**15


def upgrade() -> None:
    """Create every table, each behind row-level security."""
    create_chassis_tables(op)
    _replicas()
    _invoices()
    _invoice_numbers()
    _payment_accounts()
    _checkouts()
    _payments()
    _provider_events()


def _replicas() -> None:
    op.create_table(
        "clients",
        *_row(),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text),
        sa.Column("company", sa.Text),
        sa.Column("source_version", sa.BigInteger, nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
    )
    protect(op, "clients")
    op.create_table(
        "projects",
        *_row(),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("source_version", sa.BigInteger, nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
    )
    protect(op, "projects")


def _invoices() -> None:
    op.create_table(
        "invoices",
        *_row(),
        sa.Column("number", sa.Integer),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("project_id", sa.Uuid),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("decimals", sa.SmallInteger, nullable=False),
        sa.Column("lines", JSONB, nullable=False),
        sa.Column("tax_inclusive", sa.Boolean, nullable=False),
        sa.Column("discount", JSONB),
        # Not JSONB: it is passed through as it was written, and taking it apart again would cost each list.
        sa.Column("shown", sa.JSON, nullable=False),
        sa.Column("subtotal_minor", sa.BigInteger, nullable=False),
        sa.Column("discount_minor", sa.BigInteger, nullable=False),
        sa.Column("tax_minor", sa.BigInteger, nullable=False),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("paid_minor", sa.BigInteger, nullable=False),
        sa.Column("issued_on", sa.Date),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("pay_key", sa.Text, nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("viewed_at", sa.DateTime(timezone=True)),
        sa.Column("paid_at", sa.DateTime(timezone=True)),
        sa.Column("voided_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["agency_id", "client_id"], ["clients.agency_id", "clients.id"]),
        sa.UniqueConstraint("agency_id", "number", name="invoices_number"),
        *_invoice_checks(),
    )
    # A payment link names the invoice alone; its agency is found with it.
    op.create_index("invoices_id", "invoices", ["id"], unique=True)
    op.create_index("invoices_client", "invoices", ["agency_id", "client_id", "id"])
    op.create_index("invoices_status", "invoices", ["agency_id", "status", "id"])
    op.create_index(
        "invoices_project",
        "invoices",
        ["agency_id", "project_id", "id"],
        postgresql_where=sa.text("project_id IS NOT NULL"),
    )
    protect(op, "invoices")


def _invoice_checks() -> list[sa.CheckConstraint]:
    """What the model holds, held by the database as well."""
    return [
        sa.CheckConstraint(
            "status IN ('draft', 'sent', 'viewed', 'partially_paid', 'paid', 'void')", name="status_is_known"
        ),
        sa.CheckConstraint("(number IS NULL) = (status = 'draft')", name="numbered_when_issued"),
        sa.CheckConstraint("status = 'draft' OR (issued_on IS NOT NULL AND sent_at IS NOT NULL)", name="issued_whole"),
        sa.CheckConstraint("number > 0", name="number_counts_from_one"),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_iso_4217"),
        sa.CheckConstraint("decimals BETWEEN 0 AND 4", name="decimals_are_few"),
        sa.CheckConstraint(f"amount_minor > 0 AND amount_minor <= {_MOST}", name="amount_is_billable"),
        sa.CheckConstraint(
            "subtotal_minor >= discount_minor AND discount_minor >= 0 AND tax_minor >= 0 AND paid_minor >= 0",
            name="sums_are_not_negative",
        ),
        sa.CheckConstraint(
            "amount_minor = subtotal_minor - discount_minor + CASE WHEN tax_inclusive THEN 0 ELSE tax_minor END",
            name="sums_agree",
        ),
        sa.CheckConstraint("(status = 'paid') = (paid_at IS NOT NULL)", name="paid_at_a_time"),
        sa.CheckConstraint("status <> 'paid' OR paid_minor >= amount_minor", name="paid_in_full"),
        sa.CheckConstraint("(status = 'void') = (voided_at IS NOT NULL)", name="voided_at_a_time"),
    ]


def _invoice_numbers() -> None:
    op.create_table(
        "invoice_numbers",
        sa.Column("agency_id", sa.Uuid, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
        sa.CheckConstraint("last > 0", name="last_counts_from_one"),
    )
    protect(op, "invoice_numbers")


def _payment_accounts() -> None:
    op.create_table(
        "payment_accounts",
        *_row(),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("sealed_secret_key", sa.LargeBinary, nullable=False),
        sa.Column("sealed_webhook_secret", sa.LargeBinary, nullable=False),
        sa.Column("secret_hint", sa.Text, nullable=False),
        sa.UniqueConstraint("agency_id", name="payment_accounts_one_each"),
        sa.CheckConstraint("provider IN ('stripe')", name="provider_is_known"),
    )
    protect(op, "payment_accounts")


def _checkouts() -> None:
    op.create_table(
        "checkouts",
        *_row(),
        sa.Column("invoice_id", sa.Uuid, nullable=False),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("provider_id", sa.Text),
        sa.Column("looks", sa.Integer, nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True)),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["agency_id", "invoice_id"], ["invoices.agency_id", "invoices.id"]),
        sa.UniqueConstraint("provider", "provider_id", name="checkouts_provider_id"),
        sa.CheckConstraint("provider IN ('stripe', 'sandbox')", name="provider_is_known"),
        sa.CheckConstraint("status IN ('opening', 'open', 'paid', 'failed', 'ended')", name="status_is_known"),
        sa.CheckConstraint("amount_minor > 0", name="amount_is_positive"),
        sa.CheckConstraint("(settled_at IS NULL) = (status IN ('opening', 'open'))", name="settled_at_a_time"),
        sa.CheckConstraint("settled_at IS NULL OR look_at IS NULL", name="settled_is_left_alone"),
    )
    op.create_index("checkouts_id", "checkouts", ["id"], unique=True)
    op.create_index("checkouts_invoice", "checkouts", ["agency_id", "invoice_id"])
    op.create_index("checkouts_due", "checkouts", ["look_at"], postgresql_where=sa.text("look_at IS NOT NULL"))
    protect(op, "checkouts")


def _payments() -> None:
    op.create_table(
        "payments",
        *_row(),
        sa.Column("invoice_id", sa.Uuid, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("checkout_id", sa.Uuid),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("decimals", sa.SmallInteger, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("provider_id", sa.Text),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["agency_id", "invoice_id"], ["invoices.agency_id", "invoices.id"]),
        sa.ForeignKeyConstraint(["agency_id", "checkout_id"], ["checkouts.agency_id", "checkouts.id"]),
        sa.UniqueConstraint("agency_id", "checkout_id", name="payments_one_per_checkout"),
        sa.UniqueConstraint("agency_id", "provider", "provider_id", name="payments_provider_id"),
        sa.CheckConstraint("provider IN ('stripe', 'sandbox', 'manual')", name="provider_is_known"),
        sa.CheckConstraint("(provider = 'manual') = (provider_id IS NULL)", name="provider_names_it"),
        sa.CheckConstraint("amount_minor > 0", name="amount_is_positive"),
    )
    op.create_index("payments_invoice", "payments", ["agency_id", "invoice_id", "id"])
    op.create_index("payments_client", "payments", ["agency_id", "client_id", "id"])
    protect(op, "payments", append_only=True)


def _provider_events() -> None:
    op.create_table(
        "provider_events",
        *_row(),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("checkout_id", sa.Uuid),
        sa.Column("deliveries", sa.Integer, nullable=False, server_default="1"),
        sa.UniqueConstraint("agency_id", "provider", "account", "event_id", name="provider_events_event_id"),
    )
    protect(op, "provider_events")


def _row() -> list[sa.Column[object]]:
    """The columns that every row has."""
    return [
        sa.Column("agency_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    ]
