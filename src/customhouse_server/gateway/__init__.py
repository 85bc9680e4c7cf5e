"""Gateway: how messages come in: size caps, idempotent submission, the answer kept beside the message."""
