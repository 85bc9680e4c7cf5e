"""Journal: the append-only record of events, the outbox that carries them on, and the notices that traders read."""
