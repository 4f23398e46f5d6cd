"""Profiles, the pictures in them and in the settings, and the replica of companies."""

from alembic import op

from chassis.migrations import protect

revision = "0003"
down_revision = "0002"

_ROW = """
    agency_id uuid NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (agency_id, id)
"""

_COMPANIES = f"""
CREATE TABLE companies ({_ROW},
    number integer NOT NULL,
    name text NOT NULL,
    deleted_at timestamptz,
    source_version bigint NOT NULL
)
"""

_BLOBS = f"""
CREATE TABLE blobs ({_ROW},
    owner_id uuid,
    public_name text UNIQUE CHECK (public_name ~ '^[0-9a-f]{{32}}[.]png$'),
    mime_type text NOT NULL CHECK (mime_type IN ('image/jpeg', 'image/png')),
    size integer NOT NULL CHECK (size > 0),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{{64}}$'),
    width integer NOT NULL CHECK (width > 0),
    height integer NOT NULL CHECK (height > 0),
    expires_at timestamptz,
    -- A client's picture is never public, and the agency's always is.
    CHECK ((owner_id IS NULL) = (public_name IS NOT NULL))
)
"""

_PROFILES = f"""
CREATE TABLE profiles ({_ROW},
    client_id uuid NOT NULL,
    phone text NOT NULL CHECK (length(phone) <= 50),
    address jsonb NOT NULL CHECK (jsonb_typeof(address) = 'object'),
    avatar_id uuid,
    thumbnail_id uuid,
    UNIQUE (agency_id, client_id),
    FOREIGN KEY (agency_id, avatar_id) REFERENCES blobs (agency_id, id),
    FOREIGN KEY (agency_id, thumbnail_id) REFERENCES blobs (agency_id, id),
    CHECK ((avatar_id IS NULL) = (thumbnail_id IS NULL))
)
"""

_INDEXES = (
    "CREATE INDEX blobs_of_owner ON blobs (agency_id, owner_id)",
    "CREATE INDEX blobs_expiring ON blobs (expires_at) WHERE expires_at IS NOT NULL",
    # What the foreign keys look up when a blob goes.
    "CREATE INDEX profiles_avatar ON profiles (agency_id, avatar_id) WHERE avatar_id IS NOT NULL",
    "CREATE INDEX profiles_thumbnail ON profiles (agency_id, thumbnail_id) WHERE thumbnail_id IS NOT NULL",
)


def upgrade() -> None:
    """Make the tables, each behind row-level security."""
    for statement in (_COMPANIES, _BLOBS, _PROFILES, *_INDEXES):
        op.execute(statement)
    for table in ("companies", "blobs", "profiles"):
        protect(op, table)
