"""Custodian clients: clients that the agency's own backend makes, with keys and session tokens of theirs."""
