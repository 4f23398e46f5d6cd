"""Intake forms, the leads that come of them, and the files of leads."""

from alembic import op

from chassis.migrations import protect

revision = "0005"
down_revision = "0004"
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

_INTAKE_FORMS = f"""
CREATE TABLE intake_forms ({_ROW},
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    slug text NOT NULL CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 60),
    description text NOT NULL CHECK (length(description) <= 10000),
    fields jsonb NOT NULL CHECK (jsonb_typeof(fields) = 'array'),
    active boolean NOT NULL,
    from_page_only boolean NOT NULL,
    CONSTRAINT intake_forms_slug UNIQUE (agency_id, slug)
)
"""

_LEADS = f"""
CREATE TABLE leads ({_ROW},
    form_id uuid,
    form_name text NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    email text NOT NULL CHECK (length(email) <= 254),
    message text NOT NULL CHECK (length(message) <= 10000),
    questions jsonb NOT NULL CHECK (jsonb_typeof(questions) = 'array'),
    answers jsonb NOT NULL CHECK (jsonb_typeof(answers) = 'object'),
    status text NOT NULL CHECK (status IN ('new', 'contacted', 'won', 'lost')),
    note text NOT NULL CHECK (length(note) <= 10000),
    spam boolean NOT NULL,
    announced_at timestamptz,
    client_id uuid,
    project_id uuid,
    converted_at timestamptz,
    FOREIGN KEY (agency_id, form_id) REFERENCES intake_forms (agency_id, id) ON DELETE SET NULL (form_id),
    -- The ids are chosen, both at once, before anybody is asked to make what they name.
    CHECK ((client_id IS NULL) = (project_id IS NULL)),
    CHECK (converted_at IS NULL OR (client_id IS NOT NULL AND status = 'won' AND NOT spam)),
    CHECK (announced_at IS NULL OR announced_at >= created_at)
)
"""

_LEAD_FILES = f"""
CREATE TABLE lead_files ({_ROW},
    lead_id uuid,
    field text NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
    mime_type text NOT NULL,
    size bigint NOT NULL CHECK (size >= 0),
    sha256 text NOT NULL CHECK (sha256 ~ '^([0-9a-f]{{64}})?$'),
    expires_at timestamptz,
    FOREIGN KEY (agency_id, lead_id) REFERENCES leads (agency_id, id),
    UNIQUE (agency_id, lead_id, field),
    -- What belongs to no lead goes by itself; what belongs to one stays, and its bytes are whole.
    CHECK ((lead_id IS NULL) = (expires_at IS NOT NULL)),
    CHECK (lead_id IS NULL OR sha256 <> '')
)
"""

_INDEXES = (
    "CREATE INDEX leads_of_form ON leads (agency_id, form_id)",
    "CREATE INDEX leads_of_client ON leads (agency_id, client_id) WHERE client_id IS NOT NULL",
    "CREATE INDEX leads_spam ON leads (created_at) WHERE spam",
    "CREATE INDEX lead_files_expiring ON lead_files (expires_at) WHERE expires_at IS NOT NULL",
)


def upgrade() -> None:
    """Make the tables, each behind row-level security."""
    for statement in (_INTAKE_FORMS, _LEADS, _LEAD_FILES, *_INDEXES):
        op.execute(statement)
    for table in ("intake_forms", "leads", "lead_files"):
        protect(op, table)
