"""Portal tokens of companies, all with an end; what portal settings say that credentials depend on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"

_ALL = '["projects","files","messages","time_logs","proposals","contracts","invoices","tasks","feedback","intake"]'


def upgrade() -> None:
    """Links that had no end get the default one, counted from today."""
    op.add_column("agencies", sa.Column("portal_modules", JSONB, nullable=False, server_default=_ALL))
    op.add_column("agencies", sa.Column("may_share_files", sa.Boolean, nullable=False, server_default=sa.true()))
    op.add_column("agencies", sa.Column("token_days", sa.Integer, nullable=False, server_default="30"))
    op.add_column("agencies", sa.Column("magic_link_minutes", sa.Integer, nullable=False, server_default="60"))
    # The owner, too, sees rows of one agency at a time, unless the policies are lifted for this one change.
    op.execute("ALTER TABLE portal_tokens NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE portal_tokens SET expires_at = now() + interval '30 days' WHERE expires_at IS NULL")
    op.execute("ALTER TABLE portal_tokens FORCE ROW LEVEL SECURITY")
    op.alter_column("portal_tokens", "expires_at", nullable=False)
    op.alter_column("portal_tokens", "client_id", nullable=True)
    op.add_column("portal_tokens", sa.Column("company_id", sa.Uuid))
    op.create_foreign_key(
        "portal_tokens_company_fkey", "portal_tokens", "companies", ["agency_id", "company_id"], ["agency_id", "id"]
    )
    op.create_check_constraint(
        "portal_token_has_one_holder", "portal_tokens", "num_nonnulls(client_id, company_id) = 1"
    )
    op.create_index("portal_tokens_company", "portal_tokens", ["agency_id", "company_id", "id"])
    op.create_index("portal_tokens_expiry", "portal_tokens", ["expires_at"])
