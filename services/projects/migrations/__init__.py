"""Migrations of the projects database."""
