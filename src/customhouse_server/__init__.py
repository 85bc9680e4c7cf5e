"""Customhouse server: the site, its tables and its interfaces around the pure library `customhouse`."""
