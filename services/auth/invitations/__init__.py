"""Invitations: a mailed address by which a person becomes a member."""
