"""Whether an agency's portal is open, as its settings say."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("agencies", sa.Column("portal_open", sa.Boolean, nullable=False, server_default=sa.true()))
    op.add_column("agencies", sa.Column("portal_settings_version", sa.Integer, nullable=False, server_default="0"))
