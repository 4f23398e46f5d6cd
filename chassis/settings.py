"""The settings that every service reads from the environment."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MIN_SECRET_BYTES = 32
_KNOWN_SECRETS = ("change-me", "changeme", "secret", "password", "example")

Port = Annotated[int, Field(ge=0, le=65535)]


class Settings(BaseSettings):
    """Common settings; names are the variables of `.env.example` without their `PORTICO_` prefix."""

    model_config = SettingsConfigDict(env_prefix="PORTICO_", extra="ignore", frozen=True)

    env: Literal["development", "production"] = "production"
    public_url: str = "http://localhost:8080"
    secret_key: SecretStr
    database_url: str
    nats_url: str
    storage_url: str = "file:///var/lib/portico"
    rate_limit_url: str = "async+memory://"
    rate_limit: str = "600/minute"
    smtp_url: SecretStr | None = None
    mail_from: str = "Portico <portico@localhost>"
    allow_private_webhooks: bool = False
    trusted_proxies: str = "127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16"

    bind: str = "127.0.0.1"
    http_port: Port = 8000
    rpc_port: Port = 9000
    metrics_port: Port = 0
    auth_rpc: str = "auth:9000"
    projects_rpc: str = "projects:9000"
    billing_rpc: str = "billing:9000"
    portal_rpc: str = "portal:9000"
    notify_rpc: str = "notify:9000"
    auth_url: str = "http://auth:8000"
    projects_url: str = "http://projects:8000"
    billing_url: str = "http://billing:8000"
    portal_url: str = "http://portal:8000"
    notify_url: str = "http://notify:8000"

    unit_pool_size: int = 8
    reader_pool_size: int = 8

    @model_validator(mode="after")
    def _is_safe(self) -> "Settings":
        secret = self.secret_key.get_secret_value()
        if len(secret.encode()) < MIN_SECRET_BYTES:
            raise ValueError(
                f"PORTICO_SECRET_KEY must have {MIN_SECRET_BYTES} bytes or more: try `openssl rand -hex 32`"
            )
        if self.production and (len(set(secret)) < 12 or any(word in secret.lower() for word in _KNOWN_SECRETS)):
            raise ValueError("PORTICO_SECRET_KEY is easy to guess: make one with `openssl rand -hex 32`")
        if urlsplit(self.public_url).scheme not in ("http", "https") or not urlsplit(self.public_url).netloc:
            raise ValueError("PORTICO_PUBLIC_URL must be an address such as https://portal.example.com")
        return self

    @property
    def production(self) -> bool:
        """True where weak secrets, the sandbox provider and the development mailbox are refused."""
        return self.env == "production"

    @property
    def origin(self) -> str:
        """Scheme and host that links are built from, without a trailing slash."""
        return self.public_url.rstrip("/")

    @property
    def https(self) -> bool:
        """True when people reach the deployment over HTTPS."""
        return self.public_url.startswith("https://")

    @property
    def secret(self) -> str:
        """The master secret, to derive keys from."""
        return self.secret_key.get_secret_value()
