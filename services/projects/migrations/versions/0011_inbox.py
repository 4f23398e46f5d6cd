"""What threads know of their messages: the last one, who wrote it, and how many there are."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_COLUMNS = """
ALTER TABLE threads
    ADD COLUMN last_message_id uuid,
    ADD COLUMN last_author_kind text CHECK (last_author_kind IN ('member', 'client')),
    ADD COLUMN message_count integer NOT NULL DEFAULT 0 CHECK (message_count >= 0),
    ADD CONSTRAINT threads_last_message_is_whole CHECK ((last_message_id IS NULL) = (last_author_kind IS NULL))
"""

_FILL = """
UPDATE threads t
SET last_message_id = known.last_id, message_count = known.many,
    last_author_kind = (
        SELECT m.author_kind FROM messages m WHERE m.agency_id = t.agency_id AND m.id = known.last_id)
FROM (
    SELECT m.agency_id, m.thread_id, count(*) AS many, (array_agg(m.id ORDER BY m.id DESC))[1] AS last_id
    FROM messages m GROUP BY m.agency_id, m.thread_id) known
WHERE t.agency_id = known.agency_id AND t.id = known.thread_id
"""

_INDEXES = (
    "CREATE INDEX threads_latest ON threads (agency_id, last_message_id) WHERE last_message_id IS NOT NULL",
    "CREATE INDEX threads_waiting ON threads (agency_id, last_author_kind, last_message_id)"
    " WHERE visibility = 'client' AND last_message_id IS NOT NULL",
)


def upgrade() -> None:
    """Add the columns, fill them from the messages there are, and let lists find by them."""
    op.execute(_COLUMNS)
    # The owner itself is held by row-level security, which would show it no rows here.
    for table in ("threads", "messages"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(_FILL)
    for table in ("threads", "messages"):
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for index in _INDEXES:
        op.execute(index)
