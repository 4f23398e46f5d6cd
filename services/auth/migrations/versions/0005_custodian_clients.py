"""Custodian clients, their session tokens and one-time passwords, and wallets."""

import sqlalchemy as sa
from alembic import op

from chassis.migrations import protect

revision = "0005"
down_revision = "0004"

_SIGNING = "'STORED_DATABASE', 'STORED_CLIENT'"
_BACKUP = "'STORED_CUSTODIAN_BACKUP_SHARE', 'STORED_CLIENT_BACKUP_SHARE_KEY', 'STORED_CLIENT_BACKUP_SHARE'"


def upgrade() -> None:
    """All of it goes with its client."""
    _custodian_clients()
    _client_session_tokens()
    _one_time_passwords()
    _wallets()


def _custodian_clients() -> None:
    op.create_table(
        "custodian_clients",
        *_row_of_client("clients.id"),
        sa.Column("is_account_abstracted", sa.Boolean, nullable=False),
        sa.Column("key_generation", sa.Integer, nullable=False),
        sa.UniqueConstraint("agency_id", "client_id", name="custodian_clients_client"),
    )
    # A key names its row alone; its agency is found with it.
    op.create_index("custodian_clients_id", "custodian_clients", ["id"], unique=True)
    protect(op, "custodian_clients")


def _client_session_tokens() -> None:
    op.create_table(
        "client_session_tokens",
        *_row_of_client("custodian_clients.client_id"),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("octet_length(token_hash) = 32", name="token_hash_is_sha_256"),
        sa.UniqueConstraint("token_hash", name="client_session_tokens_hash"),
    )
    op.create_index("client_session_tokens_client", "client_session_tokens", ["agency_id", "client_id"])
    op.create_index("client_session_tokens_use", "client_session_tokens", ["last_used_at"])
    op.create_index("client_session_tokens_expiry", "client_session_tokens", ["expires_at"])
    protect(op, "client_session_tokens")


def _one_time_passwords() -> None:
    op.create_table(
        "one_time_passwords",
        *_row_of_client("custodian_clients.client_id"),
        sa.Column("password_hash", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("octet_length(password_hash) = 32", name="password_hash_is_sha_256"),
        sa.UniqueConstraint("password_hash", name="one_time_passwords_hash"),
        sa.UniqueConstraint("agency_id", "client_id", name="one_time_passwords_client"),
    )
    op.create_index("one_time_passwords_expiry", "one_time_passwords", ["expires_at"])
    protect(op, "one_time_passwords")


def _wallets() -> None:
    op.create_table(
        "wallets",
        *_row_of_client("clients.id"),
        sa.Column("address", sa.Text),
        sa.Column("challenged_at", sa.DateTime(timezone=True)),
        sa.Column("signing_status", sa.Text),
        sa.Column("backup_status", sa.Text),
        sa.CheckConstraint("address ~ '^0x[0-9a-fA-F]{40}$'", name="address_has_20_bytes"),
        sa.CheckConstraint("(address IS NULL) = (challenged_at IS NULL)", name="address_is_proved"),
        sa.CheckConstraint(f"signing_status IN ({_SIGNING})", name="signing_status_is_known"),
        sa.CheckConstraint(f"backup_status IN ({_BACKUP})", name="backup_status_is_known"),
        sa.UniqueConstraint("agency_id", "client_id", name="wallets_client"),
    )
    protect(op, "wallets")


def _row_of_client(key: str) -> list[sa.schema.SchemaItem]:
    """The columns that every row has, and the client that it belongs to by a key of another table."""
    table = key.partition(".")[0]
    return [
        sa.Column("agency_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.ForeignKeyConstraint(["agency_id", "client_id"], [f"{table}.agency_id", key], ondelete="CASCADE"),
    ]
