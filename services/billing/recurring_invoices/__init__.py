"""Recurring invoices: what is invoiced again every week, month, quarter or year, each period once."""
