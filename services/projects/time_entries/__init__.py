"""Time entries: what was worked on a project, and for how long."""
