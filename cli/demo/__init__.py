"""The demo agency: realistic data, made through the public REST API and nothing else."""
