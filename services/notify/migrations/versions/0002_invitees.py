"""Mails to people who are neither clients nor members: those who are invited to become members."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("ALTER TABLE mails DROP CONSTRAINT mails_audience_check")
    op.execute(
        "ALTER TABLE mails ADD CONSTRAINT mails_audience_check"
        " CHECK (audience IN ('client', 'member', 'members', 'owner', 'invitee'))"
    )
