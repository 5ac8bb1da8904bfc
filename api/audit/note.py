"""Signed notes (c2sp.org/signed-note), and checkpoints in their form (c2sp.org/tlog-checkpoint)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from api.access.secret_file import secret
from api.errors import LogDamaged

FILE: Final = "audit.key"
SEED: Final = 32
ED25519: Final = b"\1"
DASH: Final = "\u2014"


@dataclass(frozen=True, slots=True)
class Verifier:
    """Whoever signs the notes of one log: a name, which is the log's origin too, and a public key."""

    name: str
    key: bytes

    @classmethod
    def parsed(cls, text: str) -> Self:
        """Return the verifier that `NAME+ID+KEY` writes; ValueError for anything else."""
        name, id_, key = text.strip().rsplit("+", 2)
        raw = b64decode(key, validate=True)
        found = cls(name, raw[1:])
        if raw[:1] != ED25519 or len(found.key) != SEED or found.id.hex() != id_:
            raise ValueError(text)
        return found

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names the key."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:4]

    def __str__(self) -> str:
        """Return it as verifiers of signed notes are given it."""
        return f"{self.name}+{self.id.hex()}+{b64encode(ED25519 + self.key).decode()}"

    def text(self, note: bytes) -> str:
        """Return the text of a note; LogDamaged where this key has not signed it."""
        try:
            text, _, lines = note.decode().rpartition("\n\n")
            text += "\n"
            signatures = [_signature(each) for each in lines.removesuffix("\n").split("\n")]
            ours = next(each[4:] for name, each in signatures if name == self.name and each[:4] == self.id)
            Ed25519PublicKey.from_public_bytes(self.key).verify(ours, text.encode())
        except (ValueError, StopIteration, InvalidSignature):
            raise LogDamaged(f"the note is not signed by the key {self}") from None
        if text + "\n" + lines != note.decode() or not lines.endswith("\n"):
            raise LogDamaged("the note has more in it than its text and its signatures")
        return text


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs the notes of a home's log."""

    key: Ed25519PrivateKey

    @classmethod
    def of(cls, home: Path) -> Self:
        """Return the signer of a home; its key is made at first use."""
        seed = secret(home / FILE, lambda: Ed25519PrivateKey.generate().private_bytes_raw())
        if len(seed) != SEED:
            raise LogDamaged(f"{home / FILE} holds {len(seed)} bytes; a key has {SEED}: restore it from a backup")
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @property
    def verifier(self) -> Verifier:
        """Who verifies what it signs; the origin is told apart from other homes' by the key."""
        public = self.key.public_key().public_bytes_raw()
        return Verifier(f"creatorgraph/audit/{public.hex()[:16]}", public)

    def note(self, text: str) -> bytes:
        """Return a text, which ends in a newline, as a signed note."""
        verifier = self.verifier
        signature = b64encode(verifier.id + self.key.sign(text.encode())).decode()
        return f"{text}\n{DASH} {verifier.name} {signature}\n".encode()


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log at one size."""

    size: int
    root: bytes

    def signed(self, signer: Signer) -> bytes:
        """Return it as a signed note."""
        return signer.note(f"{signer.verifier.name}\n{self.size}\n{b64encode(self.root).decode()}\n")

    @classmethod
    def read(cls, note: bytes, verifier: Verifier) -> Self:
        """Return the checkpoint that a note holds; LogDamaged where it is not signed, or not of this log."""
        try:
            origin, size, root = verifier.text(note).splitlines()
            found = cls(int(size), b64decode(root, validate=True))
        except ValueError:
            raise LogDamaged("the note is not a checkpoint") from None
        if origin != verifier.name:
            raise LogDamaged(f"the checkpoint is of the log {origin}, not of {verifier.name}")
        return found


def _signature(line: str) -> tuple[str, bytes]:
    dash, name, signature = line.split(" ")
    if dash != DASH:
        raise ValueError(line)
    return name, b64decode(signature, validate=True)
