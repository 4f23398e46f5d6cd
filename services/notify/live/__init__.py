"""Event streams: what happens, told to whoever listens while it happens, and to whoever comes back afterwards."""
