"""Template tags of development."""
