"""The whole deployment as a newcomer starts it: `portico up`, reached through Traefik."""
