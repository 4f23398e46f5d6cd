"""Keeping the processes of the suite alive together, and ending them together."""
