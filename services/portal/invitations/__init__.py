"""Invitations: a mail that asks a client, or the clients of a company, to open the portal."""
