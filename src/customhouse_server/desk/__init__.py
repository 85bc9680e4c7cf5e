"""Desk: the home pages of officers and traders, and the components that every page shares."""
