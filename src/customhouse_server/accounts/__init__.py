"""Accounts: who may sign in, in which role, for which offices and traders."""
