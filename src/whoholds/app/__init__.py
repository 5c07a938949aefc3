"""Use cases: they own transactions and settings."""
