"""Payment providers: the rim behind which money is taken. Stripe and Paystack for real, a sandbox for development."""
