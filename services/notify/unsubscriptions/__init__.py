"""Unsubscriptions: mails are turned off by one click, by whoever gets them and without signing in."""
