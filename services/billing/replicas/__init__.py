"""What billing remembers of other services' nouns: names of clients, whose a project is, where an agency is."""
