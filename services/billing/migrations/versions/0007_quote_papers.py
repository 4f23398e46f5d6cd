"""What papers show of the agency's brand."""

from alembic import op

from chassis.migrations import create_brands

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    create_brands(op)
