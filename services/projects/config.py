"""The settings of the projects service."""

from pydantic import AliasChoices, Field, SecretStr

from chassis.settings import Settings as CommonSettings

GIB = 1024**3


class Settings(CommonSettings):
    """Common settings and those of files and updates."""

    # The largest file that an upload may bring, in bytes.
    max_upload_bytes: int = Field(default=2 * GIB, ge=1)
    # Whether downloads from S3 are sent there by a redirect; `false` where browsers cannot reach the bucket.
    storage_redirect: bool = True

    openai_api_key: SecretStr | None = Field(default=None, validation_alias=AliasChoices("OPENAI_API_KEY"))
    openai_base_url: str | None = Field(default=None, validation_alias=AliasChoices("OPENAI_BASE_URL"))
    openai_model: str = Field(default="gpt-4o-mini", validation_alias=AliasChoices("OPENAI_MODEL"))
