"""Members: the people of an agency, who sign in with e-mail and password."""
