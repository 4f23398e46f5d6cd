"""The welcome: what the sign-in page of an agency's portal shows to anyone."""
