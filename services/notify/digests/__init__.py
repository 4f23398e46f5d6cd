"""Digests: what somebody wants to hear once a day, in one mail each morning."""
