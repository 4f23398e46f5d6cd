"""What billing remembers of other services' nouns: names of clients, and whose a project is."""
