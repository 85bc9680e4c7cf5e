"""Clearance: what customs and the trader do to a lodged declaration until the goods may go."""
