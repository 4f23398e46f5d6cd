"""Welcomes are found by an agency's short name, and the agency of an ended link by its credential."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Both are asked for by people who have no credential yet, so without an agency."""
    op.create_index("agencies_slug", "agencies", ["slug"])
    op.create_index("accesses_credential", "accesses", ["credential_id"])
