"""The real servers Portico needs, started from wheels: no Docker, no root, nothing installed beforehand."""
