"""Gives every test of the repository the fixtures of tests/fixtures.py."""

pytest_plugins = ["tests.fixtures"]
