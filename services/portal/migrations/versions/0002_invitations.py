"""Invitations, and how long magic links live."""

from alembic import op

from chassis.migrations import protect

revision = "0002"
down_revision = "0001"

_INVITATIONS = """
CREATE TABLE invitations (
    agency_id uuid NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    contact_id uuid,
    company_id uuid,
    holder_number integer NOT NULL CHECK (holder_number >= 1),
    recipients jsonb NOT NULL CHECK (jsonb_typeof(recipients) = 'array'),
    custom_message text NOT NULL CHECK (length(custom_message) <= 10000),
    sent_at timestamptz NOT NULL,
    PRIMARY KEY (agency_id, id),
    CHECK ((contact_id IS NULL) <> (company_id IS NULL))
)
"""

_LIFETIME = """
ALTER TABLE portal_settings ADD COLUMN magic_link_minutes integer NOT NULL DEFAULT 60
    CHECK (magic_link_minutes BETWEEN 10 AND 60)
"""


def upgrade() -> None:
    """Make the table behind row-level security, and the column with what has held so far."""
    op.execute(_INVITATIONS)
    op.execute("CREATE INDEX invitations_of_contact ON invitations (agency_id, contact_id, id DESC)")
    op.execute("CREATE INDEX invitations_of_company ON invitations (agency_id, company_id, id DESC)")
    protect(op, "invitations")
    op.execute(_LIFETIME)
