"""The money: invoices, their numbers, papers and schedules, payments and the providers that take them.

It never keeps a card number, never marks an invoice paid on a browser's word, and never adds up two currencies.
"""
