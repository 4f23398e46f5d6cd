"""Clients to be forgotten, and those who are."""

import sqlalchemy as sa
from alembic import op

from chassis.migrations import create_erasures

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and what else forgetting needs."""
    create_erasures(op)
    op.add_column("clients", sa.Column("erased_at", sa.DateTime(timezone=True)))
