"""Keys derived from the master secret, and the vault that seals secrets at rest."""

import hashlib
import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES = 12


@lru_cache(maxsize=64)
def derive(secret_key: str, label: str, length: int = 32) -> bytes:
    """A key of `length` bytes for one purpose: HKDF-SHA256 (RFC 5869) of the master secret, labelled."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=f"portico/{label}".encode()).derive(
        secret_key.encode()
    )


def database_password(secret_key: str, role: str) -> str:
    """The password of a database role; known to whoever knows the master secret, stored nowhere."""
    return derive(secret_key, f"postgres/{role}", 24).hex()


def hash_token(token: str) -> bytes:
    """SHA-256 of a random token: enough for look-ups, useless to a thief of the database."""
    return hashlib.sha256(token.encode()).digest()


class Vault:
    """Seals bytes with AES-256-GCM; `context` binds the sealed bytes to the place they belong to."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, plain: bytes, context: str = "") -> bytes:
        """Nonce and ciphertext."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, context.encode())

    def open(self, sealed: bytes, context: str = "") -> bytes:
        """The plain bytes; raises `cryptography.exceptions.InvalidTag` when they were tampered with."""
        return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context.encode())
