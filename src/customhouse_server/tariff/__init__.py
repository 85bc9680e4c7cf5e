"""Tariff: the pages on which anybody reads the tariff and works out a duty."""
