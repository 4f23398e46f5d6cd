"""Reports: where the agency's time went, in sums, as charts show it."""
