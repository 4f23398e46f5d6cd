"""Clients to be forgotten, also in what is otherwise only added to."""

from alembic import op

from chassis.migrations import create_erasures, let_erase

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and what else forgetting needs."""
    create_erasures(op)
    let_erase(op, "feedback", "comment")
    let_erase(op, "activity", "actor_name", "subject_name")
