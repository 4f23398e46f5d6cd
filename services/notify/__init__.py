"""The word: e-mail, webhook endpoints and their deliveries, event streams.

Owns mails, webhook endpoints, deliveries, attempts and the events that streams tell. Never decides what happened:
it hears events and tells people and machines about them. Publishes no events of its own.
"""
