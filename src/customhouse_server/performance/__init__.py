"""How customs performs, on pages and in files: all of it from the event store, nothing from the live tables."""
