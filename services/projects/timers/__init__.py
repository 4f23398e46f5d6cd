"""Timers: the work that a member is at just now."""
