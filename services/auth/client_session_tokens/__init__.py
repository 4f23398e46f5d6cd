"""Client session tokens: what the agency's product hands to a custodian client's own device."""
