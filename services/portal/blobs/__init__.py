"""Blobs: pictures that were drawn anew here, logos and avatars."""
