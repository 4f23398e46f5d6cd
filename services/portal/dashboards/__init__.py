"""The dashboard: a client's figures, and the sections that there are."""
