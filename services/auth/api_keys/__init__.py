"""API keys: credentials of the agency's own machines, shown once and stored hashed."""
