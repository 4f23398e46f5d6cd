"""Projects that are out of sight while the quote that they came of is reopened."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the moment until which a project is withdrawn."""
    op.execute(
        "ALTER TABLE projects ADD COLUMN withdrawn_until timestamptz,"
        " ADD CONSTRAINT withdrawn_is_out_of_sight CHECK (withdrawn_until IS NULL OR deleted_at IS NOT NULL)"
    )
    op.execute("CREATE INDEX projects_withdrawn ON projects (withdrawn_until) WHERE withdrawn_until IS NOT NULL")
