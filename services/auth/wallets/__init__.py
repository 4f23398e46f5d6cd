"""Wallets: the address that a client has proved to be theirs, and what their device reports of its key shares."""
