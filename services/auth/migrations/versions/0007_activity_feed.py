"""Whether an agency shows its clients what happened, as its portal settings say."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Agencies that have never changed their settings show it, as the settings do by themselves.

    What the others chose is not known here: theirs stays shut until they save their settings once more.
    """
    op.add_column("agencies", sa.Column("may_see_activity", sa.Boolean, nullable=False, server_default=sa.true()))
    # The owner, too, sees rows of one agency at a time, unless the policies are lifted for this one change.
    op.execute("ALTER TABLE agencies NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE agencies SET may_see_activity = false WHERE portal_settings_version > 0")
    op.execute("ALTER TABLE agencies FORCE ROW LEVEL SECURITY")
