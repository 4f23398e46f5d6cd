"""Webhook endpoints, deliveries, attempts and mails."""

from alembic import op

from chassis.migrations import create_chassis_tables, protect

revision = "0001"
down_revision = None

_ROW = """
    agency_id uuid NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (agency_id, id),
"""


def upgrade() -> None:
    create_chassis_tables(op)
    op.execute(
        f"""
        CREATE TABLE webhook_endpoints ({_ROW}
            url text NOT NULL CHECK (length(url) <= 4096),
            events text[] NOT NULL CHECK (cardinality(events) > 0),
            secret bytea NOT NULL,
            status text NOT NULL CHECK (status IN ('active', 'removed', 'gone', 'failing')),
            failing_since timestamptz,
            last_success_at timestamptz,
            ended_at timestamptz,
            CHECK ((status = 'active') = (ended_at IS NULL))
        )
        """
    )
    op.execute(
        f"""
        CREATE TABLE deliveries ({_ROW}
            endpoint_id uuid NOT NULL,
            event_id uuid NOT NULL,
            event_type text NOT NULL,
            body text NOT NULL,
            status text NOT NULL CHECK (status IN ('pending', 'delivered', 'retrying', 'failed', 'cancelled')),
            tries integer NOT NULL DEFAULT 0,
            attempts_made integer NOT NULL DEFAULT 0,
            next_attempt_at timestamptz,
            claimed_until timestamptz,
            delivered_at timestamptz,
            UNIQUE (agency_id, endpoint_id, event_id),
            FOREIGN KEY (agency_id, endpoint_id) REFERENCES webhook_endpoints (agency_id, id),
            CHECK ((status IN ('pending', 'retrying')) = (next_attempt_at IS NOT NULL))
        )
        """
    )
    # What waits, lane by lane; rows leave the index when they end.
    op.execute(
        "CREATE INDEX deliveries_open ON deliveries (agency_id, endpoint_id, next_attempt_at)"
        " WHERE next_attempt_at IS NOT NULL"
    )
    op.execute("CREATE INDEX deliveries_of_endpoint ON deliveries (agency_id, endpoint_id, id DESC)")
    op.execute("CREATE INDEX deliveries_by_status ON deliveries (agency_id, status, id DESC)")
    op.execute("CREATE INDEX deliveries_by_age ON deliveries (created_at) WHERE next_attempt_at IS NULL")
    op.execute(
        f"""
        CREATE TABLE attempts ({_ROW}
            delivery_id uuid NOT NULL,
            number integer NOT NULL,
            at timestamptz NOT NULL,
            duration_ms integer NOT NULL,
            status_code integer,
            error text,
            response text NOT NULL,
            UNIQUE (agency_id, delivery_id, number),
            FOREIGN KEY (agency_id, delivery_id) REFERENCES deliveries (agency_id, id) ON DELETE CASCADE
        )
        """
    )
    op.execute(
        f"""
        CREATE TABLE mails ({_ROW}
            event_id uuid NOT NULL,
            template text NOT NULL,
            audience text NOT NULL CHECK (audience IN ('client', 'member', 'members', 'owner')),
            recipient_id uuid NOT NULL,
            facts bytea,
            message bytea,
            status text NOT NULL CHECK (status IN ('queued', 'retrying', 'sent', 'failed', 'split')),
            tries integer NOT NULL DEFAULT 0,
            last_error text,
            next_attempt_at timestamptz,
            claimed_until timestamptz,
            sent_at timestamptz,
            UNIQUE (agency_id, event_id, template, audience, recipient_id),
            CHECK ((status IN ('queued', 'retrying')) = (next_attempt_at IS NOT NULL)),
            CHECK ((next_attempt_at IS NOT NULL) = (facts IS NOT NULL))
        )
        """
    )
    op.execute("CREATE INDEX mails_open ON mails (next_attempt_at) WHERE next_attempt_at IS NOT NULL")
    op.execute("CREATE INDEX mails_kept ON mails (sent_at DESC) WHERE message IS NOT NULL")
    op.execute("CREATE INDEX mails_by_age ON mails (created_at) WHERE next_attempt_at IS NULL")
    for table in ("webhook_endpoints", "deliveries", "mails"):
        protect(op, table)
    # A log: the application adds to it, and only a delivery's removal takes its attempts along.
    protect(op, "attempts", append_only=True)
