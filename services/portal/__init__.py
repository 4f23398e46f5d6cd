"""The portal service: the client's door.

Owns portal settings, the snapshot of all a client may see, the record of who opened a portal, intake forms and
leads, the web pages and the API reference. Keeps replicas of agencies and clients. Never owns a credential, the work
or the money: it asks.
"""
