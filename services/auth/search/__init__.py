"""Search: what of this service holds some words, as far as who asks may see it."""
