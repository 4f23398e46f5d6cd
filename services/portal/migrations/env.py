"""Runs the portal's migrations."""

from chassis.migrations import run_env

run_env()
