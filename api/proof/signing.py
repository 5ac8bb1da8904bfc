"""The key that signs scoring runs: Ed25519 (RFC 8032), made at the first run, its seed readable by its owner alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from api.access.secret_file import secret
from api.errors import ProofError

FILE: Final = "signing.key"
SEED: Final = 32


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs with the key of one home."""

    key: Ed25519PrivateKey

    @classmethod
    def of(cls, home: Path) -> Self:
        """Return the signer of a home; its key is made at first use. ProofError where the file holds no key."""
        return cls(_key(secret(home / FILE, lambda: Ed25519PrivateKey.generate().private_bytes_raw()), home))

    @property
    def public(self) -> str:
        """The public key, as 64 hexadecimal digits."""
        return self.key.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> bytes:
        """Return the signature, 64 bytes."""
        return self.key.sign(message)


def public_key(home: Path) -> str | None:
    """Return the public key of a home; None where no run has been signed there."""
    file = home / FILE
    return Signer(_key(file.read_bytes(), home)).public if file.exists() else None


def is_signed(public: str, signature: bytes, message: bytes) -> bool:
    """Tell whether a message bears the signature of a public key; a key that is none has signed nothing."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _key(seed: bytes, home: Path) -> Ed25519PrivateKey:
    if len(seed) != SEED:
        raise ProofError(f"{home / FILE} holds {len(seed)} bytes, a signing key has {SEED}; restore it from a backup, or remove it")
    return Ed25519PrivateKey.from_private_bytes(seed)
