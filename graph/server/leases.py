"""Who needs the server: it runs while anyone holds a lease, and a lease ends with its process."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self
from uuid import uuid4

from graph.server.locks import is_taken, take

DETACHED: Final = "detached"
PATIENT: Final = "-serving"
"""Ends the name of a lease whose holder waits, and has the server started again, where it is away for a while."""


@dataclass(slots=True)
class Lease:
    """One process's need of the server; to be taken while the guard of the home is held."""

    path: Path
    descriptor: int

    @classmethod
    def taken(cls, folder: Path, *, patient: bool = False) -> Self:
        """Return a new lease in `folder`, named so that a person sees whose it is."""
        path = folder / f"{os.getpid()}-{uuid4().hex[:8]}{PATIENT if patient else ''}"
        descriptor = take(path, wait=True)
        assert descriptor is not None, "a waiting lock is always taken"
        return cls(path, descriptor)

    def release(self) -> None:
        """Give it back."""
        self.path.unlink(missing_ok=True)
        os.close(self.descriptor)


def live_leases(folder: Path) -> list[str]:
    """Return the names of the leases that still count; `DETACHED` counts until it is removed."""
    names = sorted(path.name for path in folder.iterdir())
    return [name for name in names if name == DETACHED or is_taken(folder / name)]


def is_patient(name: str) -> bool:
    """Tell whether the holder of this lease can do without the server for a while."""
    return name == DETACHED or name.endswith(PATIENT)


def drop_dead_leases(folder: Path) -> None:
    """Remove what killed processes left; to be called while the guard of the home is held."""
    live = set(live_leases(folder))
    for path in folder.iterdir():
        if path.name not in live:
            path.unlink(missing_ok=True)
