"""The projects service: projects, files, threads and messages, signatures and updates. It never touches money."""
