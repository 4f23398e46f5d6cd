"""Sessions: a member signed in somewhere, carried by a signed token until it ends."""
