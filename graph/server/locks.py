"""Advisory file locks, which the kernel frees however their owner ends."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


def take(path: Path, *, wait: bool) -> int | None:
    """Lock the file at `path` (created when absent) and return its descriptor, or None where another has it.

    The lock lives as long as any process holds the descriptor, so it may be handed to a child.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def is_taken(path: Path) -> bool:
    """Tell whether some process holds the lock at `path`; an absent file is held by none."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        # A shared lock, so that two who ask at once do not take each other for the owner.
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


@contextmanager
def held(path: Path) -> Generator[None]:
    """Hold the lock at `path` for a block, waiting for it first."""
    descriptor = take(path, wait=True)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)
