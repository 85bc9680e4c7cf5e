"""Quotas: what declarations ask of them, what they are answered, and what is left for everybody to see."""
