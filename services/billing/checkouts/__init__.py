"""Checkouts: tries to be paid through a provider, and how the truth about them is found."""
