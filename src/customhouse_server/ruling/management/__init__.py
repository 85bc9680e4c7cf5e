"""Housekeeping commands for rulings."""
