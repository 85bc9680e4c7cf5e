"""Mailbox: anybody writes to the integrity office without a name, and is answered; only those two can read it."""
