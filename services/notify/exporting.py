"""What notify keeps back when an agency's data is exported: its secrets and mails are bytes, which never go out."""

from chassis.exporting import Export

EXPORT = Export()
