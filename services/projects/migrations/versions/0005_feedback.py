"""Feedback and the activity feed."""

from alembic import op

from chassis.migrations import protect

revision = "0005"
down_revision = "0004"

_ROW = """
    agency_id uuid NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (agency_id, id)
"""

_FEEDBACK = f"""
CREATE TABLE feedback ({_ROW},
    project_id uuid NOT NULL,
    client_id uuid NOT NULL,
    rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
    comment text CHECK (length(comment) BETWEEN 1 AND 10000),
    UNIQUE (agency_id, project_id, client_id),
    FOREIGN KEY (agency_id, project_id) REFERENCES projects (agency_id, id),
    FOREIGN KEY (agency_id, client_id) REFERENCES clients (agency_id, id)
)
"""

# No keys to other tables: what other services tell may name a client or a project that was not heard of yet.
_ACTIVITY = f"""
CREATE TABLE activity ({_ROW},
    type text NOT NULL,
    actor_kind text NOT NULL CHECK (actor_kind IN ('member', 'client', 'system')),
    actor_id uuid,
    actor_name text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    subject_name text NOT NULL,
    project_id uuid,
    client_id uuid NOT NULL,
    visibility text NOT NULL CHECK (visibility IN ('client', 'internal')),
    happened_at timestamptz NOT NULL
)
"""

_INDEXES = (
    "CREATE INDEX activity_of_project ON activity (agency_id, project_id, id)",
    "CREATE INDEX activity_of_client ON activity (agency_id, client_id, id)",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in (_FEEDBACK, _ACTIVITY, *_INDEXES):
        op.execute(statement)
    for table in ("feedback", "activity"):
        protect(op, table, append_only=True)
