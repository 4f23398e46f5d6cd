"""Comments on files, and what search and invoices from time need."""

from alembic import op

from chassis.migrations import protect

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ROW = """
    agency_id uuid NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (agency_id, id)
"""

_FILE_COMMENTS = f"""
CREATE TABLE file_comments ({_ROW},
    file_id uuid NOT NULL,
    project_id uuid,
    client_id uuid NOT NULL,
    content_version integer NOT NULL CHECK (content_version >= 1),
    content text NOT NULL CHECK (length(content) BETWEEN 1 AND 10000),
    visibility text NOT NULL CHECK (visibility IN ('client', 'internal')),
    author_kind text NOT NULL CHECK (author_kind IN ('member', 'client')),
    author_id uuid NOT NULL,
    author_name text NOT NULL,
    FOREIGN KEY (agency_id, file_id) REFERENCES files (agency_id, id),
    FOREIGN KEY (agency_id, project_id) REFERENCES projects (agency_id, id),
    FOREIGN KEY (agency_id, client_id) REFERENCES clients (agency_id, id),
    CHECK (visibility = 'client' OR author_kind = 'member')
)
"""

# One row for the agency (without a project), and one for each project that has its own.
_TIME_SETTINGS = f"""
CREATE TABLE time_settings ({_ROW},
    project_id uuid,
    rate_minor bigint CHECK (rate_minor BETWEEN 0 AND 1000000000000000),
    currency text CHECK (currency ~ '^[A-Z]{{3}}$'),
    rounding_minutes smallint CHECK (rounding_minutes IN (1, 5, 6, 10, 15, 30)),
    UNIQUE NULLS NOT DISTINCT (agency_id, project_id),
    FOREIGN KEY (agency_id, project_id) REFERENCES projects (agency_id, id),
    CHECK (num_nulls(rate_minor, currency) IN (0, 2))
)
"""

# The id is that of the invoice which the time is for, and which billing makes.
_TIME_CLAIMS = f"""
CREATE TABLE time_claims ({_ROW},
    project_id uuid NOT NULL,
    status text NOT NULL CHECK (status IN ('open', 'settled', 'released')),
    valid_until timestamptz NOT NULL,
    FOREIGN KEY (agency_id, project_id) REFERENCES projects (agency_id, id)
)
"""

_INDEXES = (
    "CREATE INDEX file_comments_of_file ON file_comments (agency_id, file_id, id)",
    "CREATE INDEX time_claims_open ON time_claims (valid_until) WHERE status = 'open'",
    "CREATE INDEX time_entries_of_invoice ON time_entries (agency_id, invoice_id) WHERE invoice_id IS NOT NULL",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in (_FILE_COMMENTS, _TIME_SETTINGS, _TIME_CLAIMS, *_INDEXES):
        op.execute(statement)
    for table in ("file_comments", "time_settings", "time_claims"):
        protect(op, table)
