"""Template tags of performance."""
