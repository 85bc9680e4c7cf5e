"""Home: where everybody begins; it draws on every area, and none draws on it."""
