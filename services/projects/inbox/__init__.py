"""The inbox: the conversations of all projects, and whose turn it is in each."""
