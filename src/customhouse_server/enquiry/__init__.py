"""Enquiry point: anybody asks, the office that knows answers in time, and what helps others is published (TFA Article 1.3)."""
