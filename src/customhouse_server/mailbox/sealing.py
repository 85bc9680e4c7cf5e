"""Sealing: who may open a message, by keys alone.

A text is sealed with HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM) to one public key, padded so that its length says little, and
bound to its place, so that it cannot be moved to another. A sender's key pair follows from the case key, which the site shows once and
does not keep. An officer's private key is kept wrapped under a passphrase (scrypt, AES-256-GCM), which the site does not keep either.
"""

import base64
import hashlib
import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from customhouse.saying import Refusal

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_CASE_KEY_BYTES = 20
_GROUP = 4
_BLOCK = 2_048
_SALT, _NONCE = 16, 12


class CannotOpenError(Refusal):
    """The key or the passphrase does not open this."""


def drawn_case_key() -> str:
    """A new case key: 160 bits in letters and digits that cannot be taken for one another, in groups of four."""
    text = base64.b32encode(secrets.token_bytes(_CASE_KEY_BYTES)).decode()
    return "-".join(text[place : place + _GROUP] for place in range(0, len(text), _GROUP))


def lookup(case_key: str) -> bytes:
    """Under what a case is found; it says nothing of the key."""
    return _derived(case_key, b"lookup")


def sender_key(case_key: str) -> X25519PrivateKey:
    """The private key that follows from a case key."""
    return X25519PrivateKey.from_private_bytes(_derived(case_key, b"sender"))


def drawn_key() -> X25519PrivateKey:
    """A new private key of an officer."""
    return X25519PrivateKey.generate()


def public_of(key: X25519PrivateKey) -> bytes:
    """The public key that belongs to a private one."""
    return key.public_key().public_bytes_raw()


def fingerprint(public: bytes) -> str:
    """A public key in few letters, to be compared with what the integrity office hands out on paper."""
    text = hashlib.sha256(public).hexdigest()[:24]
    return " ".join(text[place : place + _GROUP] for place in range(0, len(text), _GROUP))


def sealed(text: str, public: bytes, *, place: str) -> bytes:
    """The text, to be opened with the private key alone, at this place alone."""
    plain = text.encode()
    padded = len(plain).to_bytes(4, "big") + plain
    padded += bytes(-len(padded) % _BLOCK)
    return bytes(_SUITE.encrypt(padded, X25519PublicKey.from_public_bytes(public), info=place.encode()))


def opened(blob: bytes, key: X25519PrivateKey, *, place: str) -> str:
    """The text that was sealed; refuses with `CannotOpenError`."""
    try:
        padded = _SUITE.decrypt(bytes(blob), key, info=place.encode())
    except (InvalidTag, ValueError) as refusal:
        raise CannotOpenError("the key does not open this message") from refusal
    return bytes(padded[4 : 4 + int.from_bytes(padded[:4], "big")]).decode()


def wrapped(key: X25519PrivateKey, passphrase: str) -> bytes:
    """A private key under a passphrase."""
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    return salt + nonce + AESGCM(_stretched(passphrase, salt)).encrypt(nonce, key.private_bytes_raw(), None)


def unwrapped(blob: bytes, passphrase: str) -> X25519PrivateKey:
    """The private key; refuses with `CannotOpenError` another passphrase."""
    salt, nonce, rest = blob[:_SALT], blob[_SALT : _SALT + _NONCE], blob[_SALT + _NONCE :]
    try:
        return X25519PrivateKey.from_private_bytes(AESGCM(_stretched(passphrase, salt)).decrypt(nonce, rest, None))
    except InvalidTag as refusal:
        raise CannotOpenError("this is not the passphrase of your key") from refusal


def _derived(case_key: str, purpose: bytes) -> bytes:
    """Thirty-two bytes that follow from a case key, however it was typed."""
    letters = "".join(letter for letter in case_key.upper() if letter.isalnum())
    return HKDF(SHA256(), length=32, salt=None, info=b"customhouse mailbox " + purpose).derive(letters.encode())


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
