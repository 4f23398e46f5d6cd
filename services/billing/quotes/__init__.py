"""Quotes: what an agency offers, and what its client answers."""
