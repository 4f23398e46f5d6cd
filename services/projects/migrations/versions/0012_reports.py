"""An index by day, for the report of where time went."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let time entries be found by the day on which was worked."""
    op.execute("CREATE INDEX time_entries_of_day ON time_entries (agency_id, worked_on)")
