"""Intake forms: what an agency asks of people who are no clients yet."""
