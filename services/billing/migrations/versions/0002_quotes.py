"""Quotes with their revisions and numbers, and turns at jobs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from chassis.migrations import create_job_turns, protect

revision = "0002"
down_revision = "0001"

_MOST = 10**15
_OPEN = "status IN ('sent', 'viewed', 'changes_requested')"


def upgrade() -> None:
    """Create the tables, those of agencies behind row-level security."""
    create_job_turns(op)
    _quotes()
    _quote_numbers()


def _quotes() -> None:
    op.create_table(
        "quotes",
        sa.Column("agency_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("number", sa.Integer),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("decimals", sa.SmallInteger, nullable=False),
        sa.Column("lines", JSONB, nullable=False),
        sa.Column("chosen", JSONB, nullable=False),
        sa.Column("tax_inclusive", sa.Boolean, nullable=False),
        sa.Column("discount", JSONB),
        # Not JSONB: it is passed through as it was written.
        sa.Column("shown", sa.JSON, nullable=False),
        sa.Column("subtotal_minor", sa.BigInteger, nullable=False),
        sa.Column("discount_minor", sa.BigInteger, nullable=False),
        sa.Column("tax_minor", sa.BigInteger, nullable=False),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("expires_on", sa.Date),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("first_viewed_at", sa.DateTime(timezone=True)),
        sa.Column("last_viewed_at", sa.DateTime(timezone=True)),
        sa.Column("view_count", sa.Integer, nullable=False),
        sa.Column("change_request", sa.Text),
        sa.Column("declined_at", sa.DateTime(timezone=True)),
        sa.Column("decline_reason", sa.Text),
        sa.Column("accepted_at", sa.DateTime(timezone=True)),
        sa.Column("accepted_by", sa.Text),
        sa.Column("project_id", sa.Uuid),
        sa.ForeignKeyConstraint(["agency_id", "client_id"], ["clients.agency_id", "clients.id"]),
        sa.UniqueConstraint("agency_id", "number", name="quotes_number"),
        *_quote_checks(),
    )
    op.create_index("quotes_client", "quotes", ["agency_id", "client_id", "id"])
    op.create_index("quotes_status", "quotes", ["agency_id", "status", "id"])
    # What the job looks for, over all agencies.
    op.create_index(
        "quotes_expiring", "quotes", ["expires_on"], postgresql_where=sa.text(f"{_OPEN} AND expires_on IS NOT NULL")
    )
    protect(op, "quotes")


def _quote_checks() -> list[sa.CheckConstraint]:
    """What the model holds, held by the database as well."""
    return [
        sa.CheckConstraint(
            "status IN ('draft', 'sent', 'viewed', 'changes_requested', 'accepted', 'declined', 'expired')",
            name="status_is_known",
        ),
        sa.CheckConstraint("status = 'draft' OR number IS NOT NULL", name="numbered_when_sent"),
        sa.CheckConstraint("(number IS NULL) = (sent_at IS NULL)", name="sent_whole"),
        sa.CheckConstraint("number > 0", name="number_counts_from_one"),
        sa.CheckConstraint("revision > 0", name="revision_counts_from_one"),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_iso_4217"),
        sa.CheckConstraint("decimals BETWEEN 0 AND 4", name="decimals_are_few"),
        sa.CheckConstraint(f"amount_minor BETWEEN 0 AND {_MOST}", name="amount_is_billable"),
        sa.CheckConstraint(
            "subtotal_minor >= discount_minor AND discount_minor >= 0 AND tax_minor >= 0", name="sums_are_not_negative"
        ),
        sa.CheckConstraint(
            "amount_minor = subtotal_minor - discount_minor + CASE WHEN tax_inclusive THEN 0 ELSE tax_minor END",
            name="sums_agree",
        ),
        sa.CheckConstraint(
            "(first_viewed_at IS NULL) = (view_count = 0) AND (first_viewed_at IS NULL) = (last_viewed_at IS NULL)",
            name="views_are_counted",
        ),
        sa.CheckConstraint(
            "(status = 'accepted') = (accepted_at IS NOT NULL) AND (accepted_at IS NULL) = (project_id IS NULL)"
            " AND (accepted_at IS NULL) = (accepted_by IS NULL)",
            name="accepted_whole",
        ),
        sa.CheckConstraint("status <> 'declined' OR declined_at IS NOT NULL", name="declined_at_a_time"),
        sa.CheckConstraint("status <> 'expired' OR expires_on IS NOT NULL", name="expired_on_a_day"),
    ]


def _quote_numbers() -> None:
    op.create_table(
        "quote_numbers",
        sa.Column("agency_id", sa.Uuid, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
        sa.CheckConstraint("last > 0", name="last_counts_from_one"),
    )
    protect(op, "quote_numbers")
