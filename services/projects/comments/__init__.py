"""Comments: what members and clients say about a file, version by version."""
