"""Contracts with their templates, signatures on them, and sealed PDFs that belong to no project."""

from alembic import op

from chassis.migrations import protect

revision = "0006"
down_revision = "0005"
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

_TEMPLATES = f"""
CREATE TABLE contract_templates ({_ROW},
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    body text NOT NULL CHECK (length(body) BETWEEN 1 AND 50000)
)
"""

_CONTRACTS = f"""
CREATE TABLE contracts ({_ROW},
    client_id uuid NOT NULL,
    project_id uuid,
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    body text NOT NULL CHECK (length(body) BETWEEN 1 AND 60000),
    status text NOT NULL CHECK (status IN ('draft', 'sent', 'viewed', 'signed', 'declined', 'void')),
    parties jsonb,
    text_sha256 text CHECK (text_sha256 ~ '^[0-9a-f]{{64}}$'),
    sent_at timestamptz,
    first_viewed_at timestamptz,
    last_viewed_at timestamptz,
    view_count integer NOT NULL CHECK (view_count >= 0),
    signed_at timestamptz,
    signature jsonb,
    file_id uuid,
    declined_at timestamptz,
    decline_reason text CHECK (length(decline_reason) BETWEEN 1 AND 10000),
    voided_at timestamptz,
    CHECK ((status = 'draft') = (sent_at IS NULL)),
    CHECK ((sent_at IS NULL) = (text_sha256 IS NULL) AND (sent_at IS NULL) = (parties IS NULL)),
    CHECK ((status = 'signed') = (signed_at IS NOT NULL)),
    CHECK ((signed_at IS NULL) = (signature IS NULL) AND (signed_at IS NULL) = (file_id IS NULL)),
    CHECK (status <> 'declined' OR declined_at IS NOT NULL),
    CHECK ((status = 'void') = (voided_at IS NOT NULL)),
    FOREIGN KEY (agency_id, client_id) REFERENCES clients (agency_id, id),
    FOREIGN KEY (agency_id, project_id) REFERENCES projects (agency_id, id),
    FOREIGN KEY (agency_id, file_id) REFERENCES files (agency_id, id)
)
"""

# A contract may be for no project; all other files are of one.
_FILES = """
ALTER TABLE files
    ALTER COLUMN project_id DROP NOT NULL,
    ADD CONSTRAINT files_have_a_project CHECK (project_id IS NOT NULL OR sealed)
"""

_SIGNATURES = """
ALTER TABLE signatures
    ALTER COLUMN file_id DROP NOT NULL,
    ALTER COLUMN file_version DROP NOT NULL,
    ALTER COLUMN project_id DROP NOT NULL,
    ADD COLUMN contract_id uuid,
    ADD COLUMN consent text,
    ADD CONSTRAINT signatures_contract UNIQUE (agency_id, contract_id),
    ADD CONSTRAINT signatures_of_contract FOREIGN KEY (agency_id, contract_id) REFERENCES contracts (agency_id, id),
    ADD CONSTRAINT signatures_on_one_paper CHECK ((file_id IS NULL) <> (contract_id IS NULL)),
    ADD CONSTRAINT signatures_on_a_version CHECK ((file_id IS NULL) = (file_version IS NULL)),
    ADD CONSTRAINT signatures_on_a_contract_with_consent CHECK (contract_id IS NULL OR consent IS NOT NULL)
"""

_INDEXES = (
    "CREATE INDEX contracts_of_client ON contracts (agency_id, client_id, id)",
    "CREATE INDEX contracts_of_project ON contracts (agency_id, project_id, id)",
    # Anyone may ask whose paper it is that has these bytes, of whichever agency.
    "CREATE INDEX signatures_sealed ON signatures (sealed_sha256)",
)


def upgrade() -> None:
    """Make the tables, and make room in those that there are."""
    for statement in (_TEMPLATES, _CONTRACTS, _FILES, _SIGNATURES, *_INDEXES):
        op.execute(statement)
    for table in ("contract_templates", "contracts"):
        protect(op, table)
