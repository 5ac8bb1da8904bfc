"""Where a private Neo4j keeps what is its own, and its secrets with mode 0600."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

USER: Final = "neo4j"
HASH_ROUNDS: Final = 1024


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one private server; two folders are two servers that know nothing of each other."""

    root: Path

    @property
    def configuration(self) -> Path:
        """The folder with `neo4j.conf`."""
        return self.root / "conf"

    @property
    def data(self) -> Path:
        """The folder with the stores."""
        return self.root / "data"

    @property
    def console(self) -> Path:
        """What the last start printed."""
        return self.root / "logs" / "console.log"

    @property
    def guard(self) -> Path:
        """Locked for a moment by whoever starts or stops."""
        return self.root / "guard.lock"

    @property
    def alive(self) -> Path:
        """Locked by the server for as long as it lives."""
        return self.root / "alive.lock"

    @property
    def record(self) -> Path:
        """What is known of the running server."""
        return self.root / "running.json"

    @property
    def leases(self) -> Path:
        """One locked file for each process that needs the server."""
        return self.root / "leases"

    @property
    def port(self) -> Path:
        """The port that was used last."""
        return self.root / "port"

    def prepare(self) -> None:
        """Make the folders, closed to other users."""
        for folder in (self.root, self.configuration, self.data, self.console.parent, self.leases):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def password(self) -> str:
        """Return the password of `USER`, a random one made on first call.

        Neo4j learns it as the salted hash in the file from which it takes its first user, so that it is
        never an argument of a process. A start on existing data does not read that file again.
        """
        file = self.root / "password"
        if not file.exists():
            password = secrets.token_urlsafe(32)
            self._write_first_user(password)
            write_private(file, password)
        return file.read_text("utf-8").strip()

    def _write_first_user(self, password: str) -> None:
        salt = secrets.token_bytes(32)
        digest = hashlib.sha256(salt + password.encode()).digest()
        for _ in range(HASH_ROUNDS - 1):
            digest = hashlib.sha256(digest).digest()
        folder = self.data / "dbms"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_private(folder / "auth.ini", f"{USER}:SHA-256,{digest.hex()},{salt.hex()},{HASH_ROUNDS}:\n")


def write_private(path: Path, text: str) -> None:
    """Write `text` in one rename to a file that only this user may read."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    partial.replace(path)
