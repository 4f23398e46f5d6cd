"""The word: e-mail, webhook endpoints and their deliveries.

Owns mails, webhook endpoints, deliveries and attempts. Never decides what happened: it hears events and tells
people and machines about them. Publishes no events of its own.
"""
