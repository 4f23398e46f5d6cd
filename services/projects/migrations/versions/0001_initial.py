"""Clients (replica), projects, files with versions, threads, messages."""

from alembic import op

from chassis.migrations import create_chassis_tables, protect

revision = "0001"
down_revision = None

_ROW = """
    agency_id uuid NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (agency_id, id)
"""

_CLIENTS = f"""
CREATE TABLE clients ({_ROW},
    name text NOT NULL,
    email text NOT NULL,
    company text NOT NULL,
    source_version bigint NOT NULL,
    deleted_at timestamptz
)
"""

_PROJECTS = f"""
CREATE TABLE projects ({_ROW},
    client_id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    description text NOT NULL CHECK (length(description) <= 10000),
    status text NOT NULL CHECK (status IN ('active', 'on_hold', 'completed', 'archived')),
    due_on date,
    completed_at timestamptz,
    deleted_at timestamptz,
    FOREIGN KEY (agency_id, client_id) REFERENCES clients (agency_id, id),
    CHECK (status <> 'completed' OR completed_at IS NOT NULL)
)
"""

_FILES = f"""
CREATE TABLE files ({_ROW},
    project_id uuid NOT NULL,
    client_id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
    status text NOT NULL CHECK (status IN ('uploaded', 'approved', 'changes_requested', 'signed')),
    content_version integer NOT NULL CHECK (content_version >= 1),
    size bigint NOT NULL CHECK (size >= 0),
    mime_type text NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{{64}}$'),
    storage_key text NOT NULL,
    visible_to_client boolean NOT NULL,
    sealed boolean NOT NULL,
    uploaded_by jsonb NOT NULL,
    approval jsonb,
    signature jsonb,
    deleted_at timestamptz,
    FOREIGN KEY (agency_id, project_id) REFERENCES projects (agency_id, id),
    FOREIGN KEY (agency_id, client_id) REFERENCES clients (agency_id, id)
)
"""

_FILE_VERSIONS = f"""
CREATE TABLE file_versions ({_ROW},
    file_id uuid NOT NULL,
    number integer NOT NULL CHECK (number >= 1),
    size bigint NOT NULL CHECK (size >= 0),
    mime_type text NOT NULL,
    sha256 text NOT NULL,
    storage_key text NOT NULL UNIQUE,
    shown_to_client boolean NOT NULL,
    uploaded_by jsonb NOT NULL,
    approval jsonb,
    FOREIGN KEY (agency_id, file_id) REFERENCES files (agency_id, id),
    UNIQUE (agency_id, file_id, number)
)
"""

_THREADS = f"""
CREATE TABLE threads ({_ROW},
    project_id uuid NOT NULL,
    client_id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    visibility text NOT NULL CHECK (visibility IN ('client', 'internal')),
    last_message_at timestamptz,
    FOREIGN KEY (agency_id, project_id) REFERENCES projects (agency_id, id),
    FOREIGN KEY (agency_id, client_id) REFERENCES clients (agency_id, id)
)
"""

_MESSAGES = f"""
CREATE TABLE messages ({_ROW},
    thread_id uuid NOT NULL,
    project_id uuid NOT NULL,
    client_id uuid NOT NULL,
    content text NOT NULL CHECK (length(content) BETWEEN 1 AND 10000),
    attachments jsonb NOT NULL,
    author_kind text NOT NULL CHECK (author_kind IN ('member', 'client')),
    author_id uuid NOT NULL,
    author_name text NOT NULL,
    FOREIGN KEY (agency_id, thread_id) REFERENCES threads (agency_id, id),
    FOREIGN KEY (agency_id, project_id) REFERENCES projects (agency_id, id),
    FOREIGN KEY (agency_id, client_id) REFERENCES clients (agency_id, id)
)
"""

_INDEXES = (
    "CREATE INDEX projects_of_client ON projects (agency_id, client_id, id)",
    "CREATE INDEX files_of_project ON files (agency_id, project_id, id)",
    "CREATE INDEX files_of_client ON files (agency_id, client_id, id)",
    # One live file per name, project and audience: a client's upload must not meet an internal file of that name.
    "CREATE UNIQUE INDEX files_name ON files (agency_id, project_id, name, visible_to_client) WHERE deleted_at IS NULL",
    "CREATE INDEX files_deleted ON files (deleted_at) WHERE deleted_at IS NOT NULL",
    "CREATE INDEX projects_deleted ON projects (deleted_at) WHERE deleted_at IS NOT NULL",
    "CREATE INDEX threads_of_project ON threads (agency_id, project_id, id)",
    "CREATE INDEX threads_of_client ON threads (agency_id, client_id, id)",
    "CREATE INDEX messages_of_thread ON messages (agency_id, thread_id, id)",
    "CREATE INDEX messages_of_project ON messages (agency_id, project_id, id)",
)


def upgrade() -> None:
    """Make the tables."""
    create_chassis_tables(op)
    for statement in (_CLIENTS, _PROJECTS, _FILES, _FILE_VERSIONS, _THREADS, _MESSAGES, *_INDEXES):
        op.execute(statement)
    for table in ("clients", "projects", "files", "file_versions", "threads", "messages"):
        protect(op, table)
