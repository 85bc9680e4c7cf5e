"""Origin: the page on which anybody sees whether goods originate under an agreement, why, and the cheapest way to comply."""
