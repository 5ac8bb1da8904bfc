"""Ctrl-C ends a command in order, and in any case soon: what has not ended by then is cut off as a crash would cut it off."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Final, NoReturn

import psutil

SECONDS: Final = {signal.SIGINT: 4.0, signal.SIGTERM: 9.0}
"""What an orderly end may take; a service manager waits longer than a person."""

WAS_STOPPED: Final = "what ran it was stopped before it was done"
"""What is said of a job whose process was told to end."""

_LAST: Final[list[Callable[[], None]]] = []
_COUNTING = threading.Event()


def at_last(call: Callable[[], None]) -> None:
    """Have `call` called where the process must be cut off; it must be quick, and may be called from any thread."""
    _LAST.append(call)


def on_signals() -> None:
    """From now on SIGINT and SIGTERM unwind this process with the exit code that shells expect (130, 143)."""
    for each in SECONDS:
        signal.signal(each, _unwind)


def at_end_of_input(call: Callable[[], object]) -> None:
    """Have `call` called in a thread of its own once standard input ends, as it does with the process that holds its other end."""

    def wait() -> None:
        # Not through sys.stdin, whose lock a thread that waits would keep from the interpreter's end.
        while os.read(0, 1):
            pass
        call()

    threading.Thread(target=wait, daemon=True).start()


def count_down(signum: int) -> None:
    """Allow the process its seconds to end in order, counted from the first signal."""
    if not _COUNTING.is_set():
        _COUNTING.set()
        timer = threading.Timer(SECONDS[signal.Signals(signum)], leave, (128 + signum,))
        timer.daemon = True
        timer.start()


def interrupted() -> bool:
    """Tell whether a signal has told this process to end."""
    return _COUNTING.is_set()


def leave(code: int) -> NoReturn:
    """End now, with every child and whatever else runs only for this process; threads that still compute are not waited for."""
    for call in _LAST:
        with suppress(Exception):
            call()
    with suppress(psutil.Error):
        for child in psutil.Process().children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                child.kill()
    with suppress(Exception):
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _unwind(signum: int, _frame: FrameType | None) -> None:
    if interrupted():
        leave(128 + signum)
    count_down(signum)
    os.write(2, b"\nStopping ...\n")
    raise SystemExit(128 + signum)
