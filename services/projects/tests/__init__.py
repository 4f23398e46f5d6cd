"""Tests of the projects service, through its public doors."""
