"""Previews: pages of files as pictures that we have drawn ourselves."""
