"""Statements: what a client was invoiced, credited, has paid and got back, with the balance after each."""
