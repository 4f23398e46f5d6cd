"""Tasks, and how many of a project's are complete."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing yet."""
