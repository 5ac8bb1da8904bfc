"""A secret that is made once and kept in a file of the home, readable by its owner alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex


def secret(file: Path, make: Callable[[], bytes]) -> bytes:
    """Return what the file holds; where there is none yet, what `make` makes, once for all processes and threads."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not file.exists():
        _write(file, make())
    return file.read_bytes()


def _write(file: Path, text: bytes) -> None:
    fresh = file.with_name(f"{file.name}.{token_hex(8)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(text)
    # Linked rather than renamed: of two that start at once, the first one's secret stands.
    try:
        os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
