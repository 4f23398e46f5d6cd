"""What auth keeps back when an agency's data is exported."""

from chassis.exporting import Export

EXPORT = Export(secrets={"members": ("password_hash",)})
