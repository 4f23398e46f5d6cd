"""Dashboards: a client's figures, and which parts of the portal there are for it."""
