"""Leads: what people send by intake forms, until they are clients or it comes to nothing."""
