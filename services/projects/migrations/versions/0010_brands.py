"""What papers show of the agency's brand."""

from alembic import op

from chassis.migrations import create_brands

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    create_brands(op)
