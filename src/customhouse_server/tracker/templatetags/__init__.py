"""How the trackers are written on a page."""
