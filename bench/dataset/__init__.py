"""The data set that everything is measured on (sizes in `world.py`), loaded in bulk."""
