"""The microservice chassis: plumbing that the services share, without a domain noun in it."""
