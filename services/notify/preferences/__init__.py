"""Preferences: which mails a person gets at once, once a day, or never."""
