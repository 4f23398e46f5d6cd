"""Clients as auth announces them: enough to tell that one exists."""
