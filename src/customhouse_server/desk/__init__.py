"""Desk: the list of all pages, and the components that every page shares."""
