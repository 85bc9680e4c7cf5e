"""Portal: the rules as everybody may read them, made of the rules themselves, and the notices of customs (TFA Article 1)."""
