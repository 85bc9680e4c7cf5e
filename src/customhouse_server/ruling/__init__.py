"""Ruling: traders apply for advance rulings, officers reason and issue them, everybody reads the register."""
