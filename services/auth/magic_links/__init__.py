"""Magic links: a mailed address that signs a client in once."""
