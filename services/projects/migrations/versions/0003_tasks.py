"""Tasks, and how many of a project's are complete."""

from alembic import op

from chassis.migrations import protect

revision = "0003"
down_revision = "0002"

# A place is taken once per column; checked at the end, because a move shifts the tasks one after the other.
_TASKS = """
CREATE TABLE tasks (
    agency_id uuid NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    project_id uuid NOT NULL,
    client_id uuid NOT NULL,
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    description text NOT NULL CHECK (length(description) <= 10000),
    status text NOT NULL CHECK (status IN ('todo', 'in_progress', 'in_review', 'complete', 'query')),
    position integer NOT NULL CHECK (position >= 0),
    due_on date,
    assignee_id uuid,
    visible_to_client boolean NOT NULL,
    completed_at timestamptz,
    deleted_at timestamptz,
    PRIMARY KEY (agency_id, id),
    FOREIGN KEY (agency_id, project_id) REFERENCES projects (agency_id, id),
    FOREIGN KEY (agency_id, client_id) REFERENCES clients (agency_id, id),
    CHECK ((status = 'complete') = (completed_at IS NOT NULL)),
    CONSTRAINT tasks_place EXCLUDE USING btree
        (agency_id WITH =, project_id WITH =, status WITH =, position WITH =)
        WHERE (deleted_at IS NULL) DEFERRABLE INITIALLY DEFERRED
)
"""

_COUNTERS = """
ALTER TABLE projects
    ADD COLUMN task_count integer NOT NULL DEFAULT 0,
    ADD COLUMN complete_count integer NOT NULL DEFAULT 0,
    ADD COLUMN shown_task_count integer NOT NULL DEFAULT 0,
    ADD COLUMN shown_complete_count integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT projects_tasks_add_up CHECK (
        complete_count BETWEEN 0 AND task_count
        AND shown_complete_count BETWEEN 0 AND shown_task_count
        AND shown_task_count <= task_count AND shown_complete_count <= complete_count)
"""

_INDEX = "CREATE INDEX tasks_of_project ON tasks (agency_id, project_id, id)"


def upgrade() -> None:
    """Make the table and the counters."""
    for statement in (_TASKS, _COUNTERS, _INDEX):
        op.execute(statement)
    protect(op, "tasks")
