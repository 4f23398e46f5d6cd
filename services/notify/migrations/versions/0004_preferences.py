"""Notification preferences, mails that wait for a digest, digests, and the names of projects to group them by."""

from alembic import op

from chassis.migrations import create_job_turns, protect

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ROW = """
    agency_id uuid NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (agency_id, id),
    side text NOT NULL CHECK (side IN ('member', 'client')),
    recipient_id uuid NOT NULL,
    UNIQUE (agency_id, side, recipient_id),
"""


def upgrade() -> None:
    """Make it."""
    create_job_turns(op)
    op.execute(
        f"""
        CREATE TABLE notification_preferences ({_ROW}
            otherwise text NOT NULL CHECK (otherwise IN ('now', 'daily', 'never')),
            frequencies jsonb NOT NULL CHECK (jsonb_typeof(frequencies) = 'object')
        )
        """
    )
    op.execute(
        f"""
        CREATE TABLE digests ({_ROW}
            due_at timestamptz NOT NULL,
            due_on date NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX digests_due ON digests (due_at)")
    op.execute(
        """
        CREATE TABLE project_names (
            agency_id uuid NOT NULL,
            project_id uuid NOT NULL,
            name text NOT NULL,
            as_of integer NOT NULL,
            PRIMARY KEY (agency_id, project_id)
        )
        """
    )
    _let_mails_wait()
    for table in ("notification_preferences", "digests", "project_names"):
        protect(op, table)


def _let_mails_wait() -> None:
    """A mail may be held, with what it is to say, until a digest gathers it; or be unwanted."""
    op.execute("ALTER TABLE mails ADD COLUMN project_id uuid")
    for name in ("mails_status_check", "mails_check", "mails_check1"):
        op.execute(f"ALTER TABLE mails DROP CONSTRAINT {name}")
    op.execute(
        """
        ALTER TABLE mails
        ADD CONSTRAINT mails_status_check CHECK (status IN
            ('queued', 'retrying', 'sent', 'failed', 'split', 'held', 'gathered', 'unwanted')),
        ADD CONSTRAINT mails_are_due_while_open
            CHECK ((status IN ('queued', 'retrying')) = (next_attempt_at IS NOT NULL)),
        ADD CONSTRAINT mails_keep_facts_until_they_end
            CHECK ((status IN ('queued', 'retrying', 'held')) = (facts IS NOT NULL)),
        ADD CONSTRAINT mails_are_held_for_one CHECK (status <> 'held' OR audience IN ('member', 'client'))
        """
    )
    op.execute("CREATE INDEX mails_held ON mails (agency_id, audience, recipient_id) WHERE status = 'held'")
