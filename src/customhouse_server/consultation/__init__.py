"""Consultation: draft rules open to comments, each comment answered, and time between publication and law (TFA Article 2)."""
