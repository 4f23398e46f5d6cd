"""Payment accounts: an agency's own account at a provider, its secrets sealed."""
