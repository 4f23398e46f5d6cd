"""The settings of the projects service."""

from pydantic import AliasChoices, Field, SecretStr

from chassis.settings import Settings as CommonSettings

GIB = 1024**3
VERIFICATIONS = "60/10minutes"
VERIFICATIONS_IN_DEVELOPMENT = "10000/10minutes"


class Settings(CommonSettings):
    """Common settings and those of files and updates."""

    # The largest file that an upload may bring, in bytes.
    max_upload_bytes: int = Field(default=2 * GIB, ge=1)
    # Whether downloads from S3 are sent there by a redirect; `false` where browsers cannot reach the bucket.
    storage_redirect: bool = True

    # How many PDFs one address may have checked; else tight, but for development, where tests come by the hundred.
    verification_limit: str | None = None

    openai_api_key: SecretStr | None = Field(default=None, validation_alias=AliasChoices("OPENAI_API_KEY"))
    openai_base_url: str | None = Field(default=None, validation_alias=AliasChoices("OPENAI_BASE_URL"))
    openai_model: str = Field(default="gpt-4o-mini", validation_alias=AliasChoices("OPENAI_MODEL"))

    @property
    def verifications_per_address(self) -> str:
        """How many PDFs one address may have checked."""
        default = VERIFICATIONS if self.production else VERIFICATIONS_IN_DEVELOPMENT
        return self.verification_limit or default
