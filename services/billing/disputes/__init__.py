"""Disputes: payments that a client's bank asks back, as the provider tells of them."""
