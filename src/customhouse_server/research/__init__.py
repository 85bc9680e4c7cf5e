"""Reforms tried on history: a draft is given, a job runs it, its outcome is shown."""
