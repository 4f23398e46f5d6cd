"""Acceptances of quotes that were taken back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the list of them."""
    op.add_column("quotes", sa.Column("reopenings", JSONB, nullable=False, server_default=sa.text("'[]'::jsonb")))
