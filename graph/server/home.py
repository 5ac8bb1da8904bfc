"""Where a private Neo4j keeps what is its own, and its secrets with mode 0600."""

import hashlib
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.server.configuration import Memory, configuration_text

USER: Final = "neo4j"
HASH_ROUNDS: Final = 1024
FIRST_DATA: Final = "data"
UNFINISHED: Final = "unfinished-"
LEAST_FREE: Final = 20_000_000
"""Bytes; a store that cannot write its transaction logs refuses every query."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one private server; two folders are two servers that know nothing of each other."""

    root: Path

    @property
    def free(self) -> int:
        """Bytes that its disk has room for."""
        return shutil.disk_usage(self.root).free

    @property
    def is_full(self) -> bool:
        """Whether a store may fail to write its logs."""
        return self.root.exists() and self.free < LEAST_FREE

    @property
    def configuration(self) -> Path:
        """The folder with `neo4j.conf`."""
        return self.root / "conf"

    @property
    def data(self) -> Path:
        """The folder with the stores, the one that `current` names; `adopt` changes it in one step."""
        name = self.current.read_text("utf-8").strip() if self.current.exists() else FIRST_DATA
        return self.root / name

    @property
    def current(self) -> Path:
        """The file that names the folder with the stores."""
        return self.root / "current"

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

    def sweep(self) -> None:
        """Remove what a killed `adopt` or an unfinished store left; to be called while the guard is held."""
        for folder in (*self.root.glob("data*"), *self.root.glob(f"{UNFINISHED}*")):
            if folder != self.data:
                shutil.rmtree(folder, ignore_errors=True)

    def configure(self, *, port: int, memory: Memory) -> None:
        """Write the server's settings."""
        text = configuration_text(data=self.data.name, port=port, memory=memory)
        write_private(self.configuration / "neo4j.conf", text)

    def password(self) -> str:
        """Return the password of `USER`, a random one made on first call.

        Neo4j learns it as the salted hash in the file from which it takes its first user, so that it is
        never an argument of a process. A start on existing data does not read that file again.
        """
        file = self.root / "password"
        if not file.exists():
            self.set_password(secrets.token_urlsafe(32))
        return file.read_text("utf-8").strip()

    def set_password(self, password: str) -> None:
        """Make `password` the one of stores that have not been started yet."""
        self._write_first_user(password)
        write_private(self.root / "password", password)

    def adopt(self, data: Path) -> None:
        """Make the folder `data` of a stopped server ours; what was here is removed once that is done."""
        old, new = self.data, self.root / f"data-{secrets.token_hex(4)}"
        data.replace(new)
        write_private(self.current, new.name)
        shutil.rmtree(old, ignore_errors=True)

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
