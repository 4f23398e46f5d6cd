"""Clients to be forgotten, and whom papers were made out to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from chassis.migrations import create_erasures

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and what else forgetting needs."""
    create_erasures(op)
    op.add_column("clients", sa.Column("billed_as", JSONB))
