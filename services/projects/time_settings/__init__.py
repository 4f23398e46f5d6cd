"""Time settings: what an hour costs where an entry does not say, for the agency or for one project."""
