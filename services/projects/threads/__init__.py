"""Threads: named conversations of a project."""
