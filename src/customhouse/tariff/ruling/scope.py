"""Scope: what an advance ruling can settle."""

from enum import StrEnum


class Scope(StrEnum):
    """What is asked: classification and origin must be offered, the others are encouraged (TFA 3.9)."""

    CLASSIFICATION = "classification"
    ORIGIN = "origin"
    VALUATION_METHOD = "valuation_method"
    RELIEF = "relief"
    QUOTA = "quota"
