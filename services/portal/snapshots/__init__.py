"""Snapshots: everything a client may see, in one answer."""
