"""What belongs to whom: an agency takes its data along, and a client is forgotten."""
