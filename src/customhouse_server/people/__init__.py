"""People: what officers are certified to do, by whom and until when, what they learned, and the acts that it gates."""
