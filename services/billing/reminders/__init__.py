"""Reminders: what is told of invoices that come due and are not paid, each thing once."""
