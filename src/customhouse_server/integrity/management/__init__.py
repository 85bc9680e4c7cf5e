"""Housekeeping commands for people."""
