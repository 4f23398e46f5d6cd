"""Tests of how Portico is run: the embedded servers, the gateway, `portico up`, docker-compose."""
