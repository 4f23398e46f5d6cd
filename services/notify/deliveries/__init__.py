"""Deliveries: one event for one webhook endpoint, tried until it arrives or is given up."""
