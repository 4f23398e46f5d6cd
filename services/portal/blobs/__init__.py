"""Blobs: the pictures of profiles and settings, each drawn anew before it is kept."""
