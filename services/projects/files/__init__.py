"""Files of projects: their versions, bytes and approval."""
