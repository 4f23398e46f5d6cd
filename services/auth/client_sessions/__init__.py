"""Client sessions: a client signed in by magic link or one-time password, kept by a rotating refresh token."""
