"""Agencies: the tenants, each made by the registration of its owner."""
