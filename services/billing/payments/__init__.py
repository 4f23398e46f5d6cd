"""Payments: money that has arrived, recorded by hand or reported by a provider."""
