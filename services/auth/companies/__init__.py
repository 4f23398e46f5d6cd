"""Companies: they group clients, and their portal token opens the work of all of them."""
