"""Pages: the web front end's documents and files, and what people see where there is nothing."""
