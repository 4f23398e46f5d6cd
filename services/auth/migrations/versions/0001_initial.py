"""Agencies, members, sessions, signing keys, API keys, companies, clients and portal tokens."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from chassis.migrations import create_chassis_tables, protect

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table, each behind row-level security."""
    create_chassis_tables(op)
    _agencies_and_members()
    _sessions()
    _signing_keys()
    _api_keys()
    _clients()
    _portal_tokens()
    _counted_records()


def _agencies_and_members() -> None:
    op.create_table(
        "agencies",
        *_row(),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("time_zone", sa.Text, nullable=False),
        sa.CheckConstraint("id = agency_id", name="agency_is_its_own_tenant"),
        sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="slug_is_plain"),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_iso_4217"),
        sa.UniqueConstraint("slug", name="agencies_slug"),
    )
    protect(op, "agencies")
    op.create_table(
        "members",
        *_row(),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.CheckConstraint("role IN ('owner', 'admin', 'member')", name="role_is_known"),
        sa.ForeignKeyConstraint(["agency_id", "agency_id"], ["agencies.agency_id", "agencies.id"]),
        sa.UniqueConstraint("email", name="members_email"),
    )
    protect(op, "members")


def _sessions() -> None:
    op.create_table(
        "sessions",
        *_row(),
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("user_agent", sa.Text, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["agency_id", "member_id"], ["members.agency_id", "members.id"], ondelete="CASCADE"),
    )
    op.create_index("sessions_member", "sessions", ["agency_id", "member_id"])
    # A token names the session alone; its agency is found with it.
    op.create_index("sessions_id", "sessions", ["id"], unique=True)
    op.create_index("sessions_expiry", "sessions", ["expires_at"])
    protect(op, "sessions")


def _signing_keys() -> None:
    op.create_table(
        "signing_keys",
        *_row(),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("sealed_private_key", sa.LargeBinary),
        sa.Column("signs_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signs_until", sa.DateTime(timezone=True)),
        sa.CheckConstraint("octet_length(public_key) = 32", name="public_key_is_ed25519"),
        sa.CheckConstraint("signs_until >= signs_from", name="signing_ends_after_it_begins"),
    )
    protect(op, "signing_keys")


def _api_keys() -> None:
    op.create_table(
        "api_keys",
        *_row(),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("key_hash", sa.LargeBinary, nullable=False),
        sa.Column("scopes", JSONB, nullable=False),
        sa.Column("created_by", sa.Uuid, nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["agency_id", "agency_id"], ["agencies.agency_id", "agencies.id"]),
        sa.UniqueConstraint("key_hash", name="api_keys_hash"),
    )
    protect(op, "api_keys")


def _clients() -> None:
    op.create_table(
        "number_series",
        sa.Column("agency_id", sa.Uuid, primary_key=True),
        sa.Column("series", sa.Text, primary_key=True),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.CheckConstraint("series IN ('client', 'company')", name="series_is_known"),
    )
    protect(op, "number_series")
    op.create_table(
        "companies",
        *_row(),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["agency_id", "agency_id"], ["agencies.agency_id", "agencies.id"]),
        sa.UniqueConstraint("agency_id", "number", name="companies_number"),
    )
    protect(op, "companies")
    op.create_table(
        "clients",
        *_row(),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text),
        sa.Column("company", sa.Text),
        sa.Column("company_id", sa.Uuid),
        sa.ForeignKeyConstraint(["agency_id", "agency_id"], ["agencies.agency_id", "agencies.id"]),
        sa.ForeignKeyConstraint(["agency_id", "company_id"], ["companies.agency_id", "companies.id"]),
        sa.UniqueConstraint("agency_id", "number", name="clients_number"),
    )
    op.create_index("clients_email", "clients", ["agency_id", sa.text("lower(email)")], unique=True)
    op.create_index("clients_company", "clients", ["agency_id", "company_id"])
    protect(op, "clients")


def _portal_tokens() -> None:
    op.create_table(
        "portal_tokens",
        *_row(),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["agency_id", "client_id"], ["clients.agency_id", "clients.id"]),
    )
    op.create_index("portal_tokens_client", "portal_tokens", ["agency_id", "client_id", "id"])
    # A token names its row alone; its agency is found with it.
    op.create_index("portal_tokens_id", "portal_tokens", ["id"], unique=True)
    protect(op, "portal_tokens")


def _counted_records() -> None:
    op.create_table(
        "counted_records",
        *_row(),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("source_version", sa.BigInteger, nullable=False),
        sa.CheckConstraint("kind IN ('project', 'invoice')", name="kind_is_known"),
        sa.CheckConstraint("state IN ('open', 'closed', 'gone')", name="state_is_known"),
    )
    op.create_index(
        "counted_records_client",
        "counted_records",
        ["agency_id", "client_id"],
        postgresql_include=["kind", "state"],
        postgresql_where=sa.text("state <> 'gone'"),
    )
    protect(op, "counted_records")


def _row() -> list[sa.Column[object]]:
    """The columns that every row has."""
    return [
        sa.Column("agency_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    ]
