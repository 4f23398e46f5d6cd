"""Quotes with their revisions, and turns at jobs."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Nothing yet."""
