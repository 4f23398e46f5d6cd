"""Clients to be forgotten."""

from alembic import op

from chassis.migrations import create_erasures

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    create_erasures(op)
