"""Replicas of agencies, companies and clients, fed by auth's events, so that opening a portal asks auth nothing."""
