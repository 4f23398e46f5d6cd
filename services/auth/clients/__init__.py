"""Clients: the agency's contacts, who open the portal and get invoices."""
