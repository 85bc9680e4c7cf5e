"""Integrity: its people, review leads, risk map, self-assessment, performance contracts, interests and gifts."""
