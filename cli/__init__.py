"""The `portico` command: runs the suite on one machine, migrates, checks, and fills a demo agency."""
