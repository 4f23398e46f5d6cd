"""What billing keeps back when an agency's data is exported."""

from chassis.exporting import Export

# Whoever knows an invoice's pay key sees its page without signing in.
EXPORT = Export(secrets={"invoices": ("pay_key",)})
