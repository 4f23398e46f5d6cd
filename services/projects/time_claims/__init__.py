"""Time claims: time that is on its way to an invoice, which billing makes."""
