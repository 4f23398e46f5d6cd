"""The work of a client as a whole, for the portal's snapshot."""
