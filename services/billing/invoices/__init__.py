"""Invoices: what a client owes, as drafts, issued papers and paid or void ones."""
