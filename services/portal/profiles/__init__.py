"""Profiles: what clients tell of themselves, and what they are shown of it."""
