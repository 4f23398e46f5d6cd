"""What event streams are resumed from."""

from alembic import op

from chassis.migrations import protect

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE live_events (
            agency_id uuid NOT NULL,
            id uuid NOT NULL,
            type text NOT NULL,
            body text NOT NULL,
            client_id uuid,
            module text,
            client_body text,
            position bigint CHECK (position > 0),
            created_at timestamptz NOT NULL,
            PRIMARY KEY (agency_id, id),
            UNIQUE (agency_id, position),
            CHECK (num_nulls(client_id, module, client_body) IN (0, 3))
        )
        """
    )
    # What has no place yet; rows leave the index when they get one.
    op.execute("CREATE INDEX live_events_waiting ON live_events (id) WHERE position IS NULL")
    op.execute("CREATE INDEX live_events_by_age ON live_events (created_at)")
    op.execute(
        """
        CREATE TABLE live_positions (
            agency_id uuid NOT NULL PRIMARY KEY,
            last bigint NOT NULL CHECK (last > 0)
        )
        """
    )
    for table in ("live_events", "live_positions"):
        protect(op, table)
