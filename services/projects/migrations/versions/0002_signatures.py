"""Signatures with their trail, the keys that seal, and updates."""

from alembic import op
from sqlalchemy import text

from chassis.migrations import protect

revision = "0002"
down_revision = "0001"

_ROW = """
    agency_id uuid NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (agency_id, id)
"""

_SIGNATURES = f"""
CREATE TABLE signatures ({_ROW},
    file_id uuid NOT NULL,
    project_id uuid NOT NULL,
    client_id uuid NOT NULL,
    file_version integer NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{{64}}$'),
    kind text NOT NULL CHECK (kind IN ('typed', 'drawn')),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    email text,
    typed text CHECK ((kind = 'typed') = (typed IS NOT NULL)),
    signed_at timestamptz NOT NULL,
    ip text NOT NULL,
    user_agent text NOT NULL,
    signed_by uuid NOT NULL,
    via text NOT NULL,
    credential_id uuid NOT NULL,
    sealed_file_id uuid NOT NULL,
    sealed_sha256 text NOT NULL CHECK (sealed_sha256 ~ '^[0-9a-f]{{64}}$'),
    sealing_key_id uuid NOT NULL REFERENCES sealing_keys (id),
    holds_pages boolean NOT NULL,
    without text NOT NULL CHECK (holds_pages = (without = '')),
    UNIQUE (agency_id, file_id),
    FOREIGN KEY (agency_id, file_id) REFERENCES files (agency_id, id),
    FOREIGN KEY (agency_id, sealed_file_id) REFERENCES files (agency_id, id),
    FOREIGN KEY (agency_id, project_id) REFERENCES projects (agency_id, id),
    FOREIGN KEY (agency_id, client_id) REFERENCES clients (agency_id, id)
)
"""

_TRAIL = f"""
CREATE TABLE signature_trail ({_ROW},
    position integer NOT NULL CHECK (position >= 1),
    signature_id uuid NOT NULL,
    facts jsonb NOT NULL,
    previous text NOT NULL,
    digest text NOT NULL,
    UNIQUE (agency_id, position),
    UNIQUE (agency_id, signature_id),
    FOREIGN KEY (agency_id, signature_id) REFERENCES signatures (agency_id, id)
)
"""

# The deployment's own: no agency's row, so only the role that steps across agencies may touch it.
_SEALING_KEYS = """
CREATE TABLE sealing_keys (
    id uuid PRIMARY KEY,
    generation integer NOT NULL UNIQUE CHECK (generation >= 1),
    certificate bytea NOT NULL,
    private_key bytea NOT NULL,
    not_after timestamptz NOT NULL,
    created_at timestamptz NOT NULL
)
"""

_UPDATES = f"""
CREATE TABLE updates ({_ROW},
    project_id uuid NOT NULL,
    client_id uuid NOT NULL,
    content text NOT NULL CHECK (length(content) BETWEEN 1 AND 10000),
    ai_generated boolean NOT NULL,
    published_at timestamptz,
    FOREIGN KEY (agency_id, project_id) REFERENCES projects (agency_id, id),
    FOREIGN KEY (agency_id, client_id) REFERENCES clients (agency_id, id)
)
"""

_INDEXES = (
    "CREATE INDEX updates_of_project ON updates (agency_id, project_id, id)",
    "CREATE INDEX updates_of_client ON updates (agency_id, client_id, id)",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in (_SEALING_KEYS, _SIGNATURES, _TRAIL, _UPDATES, *_INDEXES):
        op.execute(statement)
    for table in ("signatures", "signature_trail"):
        protect(op, table, append_only=True)
    protect(op, "updates")
    _protect_from_agencies("sealing_keys")


def _protect_from_agencies(table: str) -> None:
    across = op.get_bind().execute(text("SELECT current_database() || '_across'")).scalar_one()
    op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    op.execute(f'CREATE POLICY across ON "{table}" TO "{across}" USING (true) WITH CHECK (true)')
    op.execute(f'GRANT SELECT, INSERT ON "{table}" TO "{across}"')
