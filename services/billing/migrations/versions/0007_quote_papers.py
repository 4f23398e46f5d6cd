"""Undone acceptances of quotes, and what papers show of the agency's brand."""

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it."""
