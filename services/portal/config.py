"""The settings of the portal service."""

from chassis.settings import Settings as Common


class Settings(Common):
    """Nothing beyond the common settings."""
