"""Template tags of strategic plans."""
