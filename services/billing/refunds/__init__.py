"""Refunds: money that goes back to a client, asked for by the agency or made at the provider."""
