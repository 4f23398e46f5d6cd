"""Mails: one per event, template and recipient, composed when they are sent and never sent twice."""
