"""One-time passwords: a client of the agency's own product is signed in to the portal with one."""
