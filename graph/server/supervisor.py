"""`python -m graph.server.supervisor HOME COMMAND…`: run the server for as long as anyone needs it.

A process of its own, in its own session, so that the server outlives neither Ctrl-C nor `kill -9` of
whoever asked for it, and yet may be shared or left running. It ends the server when no lease is left,
or at SIGTERM.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from graph.processes import identity_of, this_process
from graph.server.home import Home, write_private
from graph.server.leases import drop_dead_leases, live_leases
from graph.server.locks import take

SECONDS_BETWEEN_LOOKS: Final = 0.3
SECONDS_TO_STOP: Final = 90
SECONDS_BETWEEN_TRIES: Final = 0.05
TRIES: Final = 40


def main() -> int:
    """Run the command in a child that is nobody's child, and return once that one is on its way."""
    home, command = Home(Path(sys.argv[1])), sys.argv[2:]
    alive = _taken_soon(home.alive)
    if alive is None:
        return 1
    # The fork keeps the lock, and frees whoever started this from having to wait for its end.
    return 0 if os.fork() else _supervise(home, command, alive)


def _supervise(home: Home, command: list[str], alive: int) -> int:
    """Run the command until it ends by itself, is not needed or is to end, and return its exit code."""
    asked: list[int] = []

    signal.signal(signal.SIGTERM, lambda signum, _frame: asked.append(signum))
    server = _started(home, command, alive)
    try:
        while server.poll() is None and not asked and not _unneeded(home, server):
            time.sleep(SECONDS_BETWEEN_LOOKS)
    finally:
        _stop(home, server)
    return server.returncode


def _taken_soon(path: Path) -> int | None:
    """Lock the file, trying again for a moment, since those who ask whether it is locked lock it themselves."""
    for _ in range(TRIES):
        if (descriptor := take(path, wait=False)) is not None:
            return descriptor
        time.sleep(SECONDS_BETWEEN_TRIES)
    return None


def _started(home: Home, command: list[str], alive: int) -> subprocess.Popen[bytes]:
    """Start the server holding our lock too: whoever finds it free knows that both are gone."""
    with home.console.open("wb") as console:
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=console, stderr=console, cwd=home.root, pass_fds=(alive,))
    text = json.dumps({"processes": [this_process(), identity_of(server.pid)]})
    # The lock tells the processes too: unlike the record it stays until both have ended.
    os.ftruncate(alive, 0)
    os.pwrite(alive, text.encode(), 0)
    write_private(home.record, text)
    return server


def _unneeded(home: Home, server: subprocess.Popen[bytes]) -> bool:
    """Stop the server if no lease is left, under the guard, so that nobody takes one meanwhile."""
    if live_leases(home.leases):
        return False
    guard = take(home.guard, wait=False)
    if guard is None:
        return False
    try:
        drop_dead_leases(home.leases)
        if live_leases(home.leases):
            return False
        _stop(home, server)
        return True
    finally:
        os.close(guard)


def _stop(home: Home, server: subprocess.Popen[bytes]) -> None:
    """End the server; the record goes first, so that from now on nobody counts on it."""
    home.record.unlink(missing_ok=True)
    if home.is_full:  # closing in order would wait for room, and write behind half a transaction
        server.kill()
    server.terminate()
    try:
        server.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
