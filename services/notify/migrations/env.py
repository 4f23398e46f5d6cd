"""Runs notify's migrations on the connection that the chassis hands over."""

from chassis.migrations import run_env

run_env()
