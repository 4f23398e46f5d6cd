"""Portal tokens as the client-portal API gives them out; auth keeps them."""
