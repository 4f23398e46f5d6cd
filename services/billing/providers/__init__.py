"""Payment providers: the rim behind which money is taken. Stripe for real, a sandbox for development."""
