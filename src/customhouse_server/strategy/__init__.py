"""Strategy: the strategic plan on the site, from its first outline through its bodies to the reports on it."""
