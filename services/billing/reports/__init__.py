"""Reports: the agency's money in sums, month by month and by age, as charts show it."""
