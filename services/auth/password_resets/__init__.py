"""Password resets: a mailed address by which a member sets another password."""
