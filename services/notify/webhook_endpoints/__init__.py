"""Addresses of an agency's own programs that hear about its events."""
