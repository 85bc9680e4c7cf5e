"""Doubts about declared values, step by step, and the values that customs determines (WTO Valuation Agreement)."""
