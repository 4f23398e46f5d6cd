"""Feedback: what clients say about a project that is done."""
