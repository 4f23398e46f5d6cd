"""Refunds, disputes, and when a provider is to be asked about them."""

import sqlalchemy as sa
from alembic import op

from chassis.migrations import protect

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_PROVIDERS = "provider IN ('stripe', 'paystack', 'sandbox', 'manual')"


def upgrade() -> None:
    """Create the tables, each behind row-level security."""
    _disputes()
    _refunds()
    _lookouts()
    # Webhooks about refunds name the payment alone; its agency is found with it.
    op.create_index(
        "payments_at_provider",
        "payments",
        ["provider_id", "provider"],
        postgresql_where=sa.text("provider_id IS NOT NULL"),
    )


def _disputes() -> None:
    op.create_table(
        "disputes",
        *_about_a_payment(),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("provider_id", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("respond_by", sa.DateTime(timezone=True)),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        _belongs_to("payments", "payment_id"),
        _belongs_to("invoices", "invoice_id"),
        sa.UniqueConstraint("agency_id", "provider", "provider_id", name="disputes_provider_id"),
        sa.CheckConstraint("provider IN ('stripe', 'paystack')", name="provider_is_known"),
        sa.CheckConstraint(
            "status IN ('needs_response', 'under_review', 'won', 'lost', 'closed')", name="status_is_known"
        ),
        sa.CheckConstraint("amount_minor > 0", name="amount_is_positive"),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (status IN ('needs_response', 'under_review'))", name="closed_at_a_time"
        ),
    )
    op.create_index("disputes_payment", "disputes", ["agency_id", "payment_id", "id"])
    op.create_index("disputes_status", "disputes", ["agency_id", "status", "id"])
    protect(op, "disputes")


def _refunds() -> None:
    op.create_table(
        "refunds",
        *_about_a_payment(),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("provider_id", sa.Text),
        sa.Column("dispute_id", sa.Uuid),
        sa.Column("member_id", sa.Uuid),
        sa.Column("member_name", sa.Text),
        sa.Column("failure", sa.Text),
        sa.Column("refunded_on", sa.Date),
        _belongs_to("payments", "payment_id"),
        _belongs_to("invoices", "invoice_id"),
        _belongs_to("disputes", "dispute_id"),
        sa.UniqueConstraint("agency_id", "provider", "provider_id", name="refunds_provider_id"),
        sa.UniqueConstraint("agency_id", "dispute_id", name="refunds_one_per_dispute"),
        sa.CheckConstraint(_PROVIDERS, name="provider_is_known"),
        sa.CheckConstraint("kind IN ('refund', 'dispute')", name="kind_is_known"),
        sa.CheckConstraint("status IN ('pending', 'succeeded', 'failed')", name="status_is_known"),
        sa.CheckConstraint("amount_minor > 0", name="amount_is_positive"),
        sa.CheckConstraint("(kind = 'dispute') = (dispute_id IS NOT NULL)", name="dispute_names_it"),
        sa.CheckConstraint("(member_id IS NULL) = (member_name IS NULL)", name="member_is_whole"),
        sa.CheckConstraint("provider <> 'manual' OR status = 'succeeded'", name="by_hand_is_done"),
        sa.CheckConstraint("(status = 'succeeded') = (refunded_on IS NOT NULL)", name="refunded_on_a_day"),
        sa.CheckConstraint("(status = 'failed') = (failure IS NOT NULL)", name="failure_is_told"),
    )
    op.create_index("refunds_payment", "refunds", ["agency_id", "payment_id", "id"])
    # What statements ask for.
    op.create_index(
        "refunds_client",
        "refunds",
        ["agency_id", "client_id", "refunded_on"],
        postgresql_where=sa.text("status = 'succeeded'"),
    )
    protect(op, "refunds")


def _lookouts() -> None:
    op.create_table(
        "lookouts",
        *_row(),
        sa.Column("looks", sa.Integer, nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True)),
        # A lookout is its checkout's: the provider may tell of a refund before it tells of the payment.
        _belongs_to("checkouts", "id"),
        sa.CheckConstraint("looks >= 0", name="looks_count_from_zero"),
    )
    op.create_index("lookouts_due", "lookouts", ["look_at"], postgresql_where=sa.text("look_at IS NOT NULL"))
    protect(op, "lookouts")


def _about_a_payment() -> list[sa.Column[object]]:
    """The columns of what happens to a payment after it was received."""
    return [
        *_row(),
        sa.Column("payment_id", sa.Uuid, nullable=False),
        sa.Column("invoice_id", sa.Uuid, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("decimals", sa.SmallInteger, nullable=False),
    ]


def _belongs_to(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["agency_id", column], [f"{table}.agency_id", f"{table}.id"])


def _row() -> list[sa.Column[object]]:
    """The columns that every row has."""
    return [
        sa.Column("agency_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    ]
