"""Accesses: which credential opened a portal, when, and how often."""
