"""Portal settings, accesses, and the replicas of agencies and clients."""

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

_SETTINGS = f"""
CREATE TABLE portal_settings ({_ROW},
    portal_name text NOT NULL CHECK (length(portal_name) <= 200),
    portal_logo text,
    primary_color text NOT NULL CHECK (primary_color ~ '^#[0-9A-Fa-f]{{6}}$'),
    secondary_color text NOT NULL CHECK (secondary_color ~ '^#[0-9A-Fa-f]{{6}}$'),
    welcome_message text NOT NULL CHECK (length(welcome_message) <= 10000),
    enabled_modules jsonb NOT NULL CHECK (jsonb_typeof(enabled_modules) = 'array'),
    is_active boolean NOT NULL,
    allow_file_sharing boolean NOT NULL,
    show_activity_feed boolean NOT NULL,
    token_expiration_days integer NOT NULL CHECK (token_expiration_days BETWEEN 1 AND 365),
    sender_name text NOT NULL CHECK (length(sender_name) <= 200),
    UNIQUE (agency_id)
)
"""

_ACCESSES = f"""
CREATE TABLE accesses ({_ROW},
    credential_id uuid NOT NULL,
    client_id uuid NOT NULL,
    visits integer NOT NULL CHECK (visits >= 0),
    last_visit_at timestamptz,
    UNIQUE (agency_id, credential_id)
)
"""

_AGENCIES = f"""
CREATE TABLE agencies ({_ROW},
    name text NOT NULL,
    slug text NOT NULL,
    source_version bigint NOT NULL,
    CHECK (id = agency_id)
)
"""

_CLIENTS = f"""
CREATE TABLE clients ({_ROW},
    number integer NOT NULL,
    name text NOT NULL,
    email text,
    company text,
    company_id uuid,
    deleted_at timestamptz,
    source_version bigint NOT NULL
)
"""


def upgrade() -> None:
    """Make all tables, each behind row-level security."""
    create_chassis_tables(op)
    for statement in (_SETTINGS, _ACCESSES, _AGENCIES, _CLIENTS):
        op.execute(statement)
    for table in ("portal_settings", "accesses", "agencies", "clients"):
        protect(op, table)
