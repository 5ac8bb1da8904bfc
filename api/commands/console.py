"""Where tables for people are printed."""

from __future__ import annotations

import sys
from typing import Final

from rich.console import Console

WIDE: Final = 10_000


def console() -> Console:
    """Return standard output; in a pipe or a file no line is broken or cut, whatever its length."""
    return Console(width=None if sys.stdout.isatty() else WIDE)
