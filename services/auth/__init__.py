"""auth owns identity and every credential: agencies, members, sessions, API keys, clients, portal tokens.

It asks no other service. What it must know of their nouns (how many projects and invoices a client has)
it hears as events. It never sends mail and never decides what a client may see.
"""
