"""Housekeeping commands for quotas."""
