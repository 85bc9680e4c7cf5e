"""Number: whether what was typed or stands in an address is a whole number that every column takes."""

_MOST_DIGITS = 9


def is_number(text: str) -> bool:
    """Whether a text is nothing but digits, 0 to 9, and at most nine of them."""
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
