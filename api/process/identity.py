"""What tells one process of this machine from all others, one of the same number that comes after it too."""

from __future__ import annotations

import os
from typing import Final, TypeAlias

import psutil

Identity: TypeAlias = tuple[int, float]
"""The number of a process, and when it began (Unix seconds)."""

TOLERANCE: Final = 1.0
"""Seconds by which two readings of one beginning may differ."""


def this_process() -> Identity:
    """Return what tells this process."""
    return os.getpid(), psutil.Process().create_time()


def is_alive(process: Identity) -> bool:
    """Tell whether a process of this machine has not ended yet."""
    number, began = process
    try:
        return abs(psutil.Process(number).create_time() - began) < TOLERANCE
    except psutil.Error:
        return False
