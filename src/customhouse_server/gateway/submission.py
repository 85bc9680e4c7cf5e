"""Submission: a call that carries a key, so that it can be sent again without being done again."""

import hashlib
import secrets
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from customhouse.saying import Refusal

MAX_KEY_LENGTH = 128


class KeyReusedError(Refusal, ValueError):
    """The key was already used for another body: a new act needs a new key."""


class MalformedKeyError(Refusal, ValueError):
    """The key is empty, too long, or holds more than printable ASCII."""


@dataclass(frozen=True, slots=True)
class Submission:
    """Who sent what under which key."""

    submitter_id: int
    key: str
    body_hash: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: the HTTP status and the body, to the byte."""

    status: int
    body: bytes


def seed(sent: Submission | None) -> bytes:
    """Of what a secret is drawn that is told with an answer and kept nowhere: under a key, of the same each time; else of chance.

    The site's own signing key is in it, so that nobody draws the secret again who reads the tables alone.
    """
    if sent is None:
        return secrets.token_bytes(hashlib.sha256().digest_size)
    told = f"{sent.submitter_id} {sent.body_hash.hex()} {sent.key}"
    return salted_hmac("customhouse.gateway.seed", told, algorithm="sha256").digest()


def submission(submitter_id: int, key: str, *, act: str, body: bytes) -> Submission:
    """The call of an act (method and address) with a body; refuses with `MalformedKeyError`."""
    if not (0 < len(key) <= MAX_KEY_LENGTH and key.isascii() and key.isprintable()):
        raise MalformedKeyError(
            "the Idempotency-Key must be 1 to {most} printable ASCII characters, for example a UUID",
            most=MAX_KEY_LENGTH,
        )
    return Submission(submitter_id, key, hashlib.sha256(act.encode() + b"\x00" + body).digest())
