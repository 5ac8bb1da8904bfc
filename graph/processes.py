"""What tells one process of this machine from all others, one of the same number that comes after it too."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeAlias

import psutil

Identity: TypeAlias = tuple[int, float | str]
"""The number of a process, and when it began: on Linux the boot and the ticks since it, elsewhere (and in records of versions that did
not know better) Unix seconds, which shift with every step of the clock."""

BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
TICKS: Final = 19
"""Place of the beginning in `/proc/PID/stat`, after the name, which may hold anything, and its bracket."""

TOLERANCE: Final = 1.0
"""Seconds by which two readings of one beginning may differ."""


def this_process() -> Identity:
    """Return what tells this process."""
    return identity_of(os.getpid())


def identity_of(number: int) -> Identity:
    """Return what tells a process that runs; `psutil.NoSuchProcess` where none has the number."""
    return number, _since_boot(number) or psutil.Process(number).create_time()


def is_alive(process: Identity) -> bool:
    """Tell whether a process of this machine has not ended yet."""
    number, began = process
    if isinstance(began, str):
        return _since_boot(number) == began
    try:
        return abs(psutil.Process(number).create_time() - began) < TOLERANCE
    except psutil.Error:
        return False


def send(process: Identity, signum: signal.Signals) -> None:
    """Send a signal to a process, unless it has ended, whoever has its number since."""
    if is_alive(process):
        with suppress(ProcessLookupError):
            os.kill(process[0], signum)


def _since_boot(number: int) -> str | None:
    """Return the boot, and at how many ticks since it a process began; None where there is no such process, or no Linux."""
    try:
        stat = Path(f"/proc/{number}/stat").read_bytes()
        return f"{BOOT.read_text().strip()} {int(stat[stat.rindex(b')') + 1 :].split()[TICKS])}"
    except OSError:
        return None
