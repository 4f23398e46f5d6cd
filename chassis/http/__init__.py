"""The HTTP side of the chassis: the application, its routes as units of work, and what routes ask for."""
