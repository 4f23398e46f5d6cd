"""Magic links and client sessions."""

import sqlalchemy as sa
from alembic import op

from chassis.migrations import protect

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """No token is kept: both kinds are derived from the rows."""
    _magic_links()
    _client_sessions()


def _magic_links() -> None:
    op.create_table(
        "magic_links",
        *_row(),
        # Empty for an address that is nobody's: the request is then as much work as any other.
        sa.Column("client_id", sa.Uuid),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("used_at IS NULL OR client_id IS NOT NULL", name="nobodys_link_is_never_used"),
        sa.ForeignKeyConstraint(["agency_id", "client_id"], ["clients.agency_id", "clients.id"], ondelete="CASCADE"),
    )
    op.create_index("magic_links_client", "magic_links", ["agency_id", "client_id"])
    # A token names its row alone; its agency is found with it.
    op.create_index("magic_links_id", "magic_links", ["id"], unique=True)
    op.create_index("magic_links_expiry", "magic_links", ["expires_at"])
    protect(op, "magic_links")


def _client_sessions() -> None:
    op.create_table(
        "client_sessions",
        *_row(),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("signed_in_by", sa.Text, nullable=False),
        sa.Column("user_agent", sa.Text, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("refreshed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hard_end_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("signed_in_by IN ('magic_link', 'one_time_password')", name="signed_in_by_is_known"),
        sa.CheckConstraint("generation >= 1", name="generation_counts_from_one"),
        sa.CheckConstraint("expires_at <= hard_end_at", name="no_session_outlives_its_hard_end"),
        sa.ForeignKeyConstraint(["agency_id", "client_id"], ["clients.agency_id", "clients.id"], ondelete="CASCADE"),
    )
    op.create_index("client_sessions_client", "client_sessions", ["agency_id", "client_id", "id"])
    # A token names the session alone; its agency is found with it.
    op.create_index("client_sessions_id", "client_sessions", ["id"], unique=True)
    op.create_index("client_sessions_expiry", "client_sessions", ["expires_at"])
    protect(op, "client_sessions")


def _row() -> list[sa.Column[object]]:
    """The columns that every row has."""
    return [
        sa.Column("agency_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    ]
