"""Projects: what an agency does for a client."""
