"""Invitations, password resets and second factors; where sessions come from and when API keys end."""

import sqlalchemy as sa
from alembic import op

from chassis.migrations import protect

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("sessions", sa.Column("address", sa.Text))
    op.add_column("sessions", sa.Column("last_seen_at", sa.DateTime(timezone=True)))
    op.add_column("api_keys", sa.Column("expires_at", sa.DateTime(timezone=True)))
    _invitations()
    _password_resets()
    _second_factors()


def _invitations() -> None:
    op.create_table(
        "invitations",
        *_row(),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("invited_by", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('owner', 'admin', 'member')", name="role_is_known"),
        sa.CheckConstraint("state IN ('open', 'accepted', 'revoked')", name="state_is_known"),
        sa.ForeignKeyConstraint(["agency_id", "agency_id"], ["agencies.agency_id", "agencies.id"]),
    )
    op.create_index(
        "invitations_open",
        "invitations",
        ["agency_id", "email"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    # A token names its row alone; its agency is found with it.
    op.create_index("invitations_id", "invitations", ["id"], unique=True)
    op.create_index("invitations_expiry", "invitations", ["expires_at"])
    protect(op, "invitations")


def _password_resets() -> None:
    op.create_table(
        "password_resets",
        *_row(),
        # Nobody's when the address is unknown: asking costs the same, and opens nothing.
        sa.Column("member_id", sa.Uuid),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["agency_id", "member_id"], ["members.agency_id", "members.id"], ondelete="CASCADE"),
    )
    op.create_index("password_resets_member", "password_resets", ["agency_id", "member_id"])
    op.create_index("password_resets_id", "password_resets", ["id"], unique=True)
    op.create_index("password_resets_expiry", "password_resets", ["expires_at"])
    protect(op, "password_resets")


def _second_factors() -> None:
    op.create_table(
        "second_factors",
        *_row(),
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary, nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("last_step", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(["agency_id", "member_id"], ["members.agency_id", "members.id"], ondelete="CASCADE"),
        sa.UniqueConstraint("agency_id", "member_id", name="second_factors_member"),
    )
    protect(op, "second_factors")
    op.create_table(
        "recovery_codes",
        *_row(),
        sa.Column("second_factor_id", sa.Uuid, nullable=False),
        sa.Column("code_hash", sa.LargeBinary, nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["agency_id", "second_factor_id"], ["second_factors.agency_id", "second_factors.id"], ondelete="CASCADE"
        ),
        sa.UniqueConstraint("agency_id", "second_factor_id", "code_hash", name="recovery_codes_hash"),
    )
    protect(op, "recovery_codes")


def _row() -> list[sa.Column[object]]:
    """The columns that every row has."""
    return [
        sa.Column("agency_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    ]
