"""Portal tokens: long-lived credentials of clients, derived from their row and never stored."""
