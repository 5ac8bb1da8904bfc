"""Signals to processes that were recorded, and to no others."""

import signal
from contextlib import suppress
from typing import Final

import psutil

SECONDS_OF_CLOCK_DRIFT: Final = 2.0


def send(pid: int, signum: signal.Signals, *, created: float) -> None:
    """Send a signal to `pid`, unless the number was given to another process since."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        if abs(process.create_time() - created) < SECONDS_OF_CLOCK_DRIFT:
            process.send_signal(signum)
