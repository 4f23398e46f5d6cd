"""Portal settings: how an agency's portal looks and what is switched on."""
