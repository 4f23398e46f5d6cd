"""Papers about money: how their lines, sums and days are written, and how they look on screen and in print."""
