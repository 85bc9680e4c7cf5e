"""Perception: the survey that officers and traders answer without being known by it."""
