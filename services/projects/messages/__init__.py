"""Messages: what members and clients write in threads."""
