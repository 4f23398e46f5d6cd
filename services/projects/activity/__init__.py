"""Activity: what has happened, for the agency and, where it shows that, for its clients."""
