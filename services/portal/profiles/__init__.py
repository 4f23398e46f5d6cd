"""Profiles: what a client tells about themselves, with a picture."""
