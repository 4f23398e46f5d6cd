"""Contracts: what an agency and its client agree on, signed and sealed."""
