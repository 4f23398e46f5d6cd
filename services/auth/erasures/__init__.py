"""The erasure of a client: it begins here, and every service that hears of it forgets its part."""
