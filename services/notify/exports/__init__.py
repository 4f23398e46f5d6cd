"""The export of an agency: every row that any service keeps of it, and the bytes of its files, in one archive."""
