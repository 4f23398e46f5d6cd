"""Signing keys: the Ed25519 keys of the whole deployment that tokens are signed with."""
