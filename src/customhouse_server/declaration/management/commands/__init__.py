"""Housekeeping commands for declarations."""
