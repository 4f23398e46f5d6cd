"""Time entries and timers."""

from alembic import op

from chassis.migrations import protect

revision = "0004"
down_revision = "0003"

_ROW = """
    agency_id uuid NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (agency_id, id)
"""

_TIME_ENTRIES = f"""
CREATE TABLE time_entries ({_ROW},
    project_id uuid NOT NULL,
    client_id uuid NOT NULL,
    member_id uuid,
    task_id uuid,
    description text NOT NULL CHECK (length(description) BETWEEN 1 AND 1000),
    minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
    billable boolean NOT NULL,
    rate_minor bigint CHECK (rate_minor BETWEEN 0 AND 1000000000000000),
    currency text CHECK (currency ~ '^[A-Z]{{3}}$'),
    decimals smallint CHECK (decimals BETWEEN 0 AND 4),
    note text NOT NULL CHECK (length(note) <= 10000),
    worked_on date NOT NULL,
    invoice_id uuid,
    FOREIGN KEY (agency_id, project_id) REFERENCES projects (agency_id, id),
    FOREIGN KEY (agency_id, client_id) REFERENCES clients (agency_id, id),
    FOREIGN KEY (agency_id, task_id) REFERENCES tasks (agency_id, id),
    CHECK (num_nulls(rate_minor, currency, decimals) IN (0, 3)),
    CHECK (invoice_id IS NULL OR billable)
)
"""

_TIMERS = f"""
CREATE TABLE timers ({_ROW},
    member_id uuid NOT NULL,
    project_id uuid NOT NULL,
    description text NOT NULL CHECK (length(description) BETWEEN 1 AND 1000),
    started_at timestamptz NOT NULL,
    -- One a member: of two starts at once the second finds the first.
    UNIQUE (agency_id, member_id),
    FOREIGN KEY (agency_id, project_id) REFERENCES projects (agency_id, id)
)
"""

_INDEXES = (
    "CREATE INDEX time_entries_of_project ON time_entries (agency_id, project_id, id)",
    "CREATE INDEX time_entries_of_client ON time_entries (agency_id, client_id, id) WHERE billable",
    "CREATE INDEX time_entries_of_member ON time_entries (agency_id, member_id, id)",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in (_TIME_ENTRIES, _TIMERS, *_INDEXES):
        op.execute(statement)
    for table in ("time_entries", "timers"):
        protect(op, table)
