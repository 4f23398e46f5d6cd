"""Updates: what an agency tells a client about a project, drafted from the project's facts."""
