"""Tasks: the steps of a project, in columns by status."""
