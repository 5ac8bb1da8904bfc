"""How long a newcomer waits: the first `serve --demo` on an empty home, and the next on what is there."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

from bench.figures import Figure, Report

COMMAND: Final = [str(Path(sys.executable).parent / "creatorgraph"), "serve", "--demo"]
SECONDS_AT_MOST: Final = 900
METHOD: Final = """`creatorgraph serve --demo` from its start until `/readyz` says yes, on an empty home (simulate, import,
score, serve) and then on what is there; packages and jars are already fetched. Then Ctrl-C until the process has ended."""


def report() -> Report:
    """Measure two starts and one stop, in seconds."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"CREATORGRAPH_HOME": home, "CREATORGRAPH_PORT": str(_free_port())}
        environment.pop("NEO4J_URI", None)
        first, _ = _served(environment)
        again, stop = _served(environment)
    figures = (
        Figure("first start, demo market made and scored", first, "s", at_most=300),
        Figure("start on what is there", again, "s", at_most=20),
        Figure("Ctrl-C until all has ended", stop, "s", at_most=20),
    )
    return Report("Starting", METHOD, figures)


def _served(environment: dict[str, str]) -> tuple[float, float]:
    begun = time.monotonic()
    process = subprocess.Popen(COMMAND, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _ready(environment["CREATORGRAPH_PORT"]):
            if process.poll() is not None or time.monotonic() - begun > SECONDS_AT_MOST:
                raise RuntimeError(f"{' '.join(COMMAND)} did not become ready; its status is {process.poll()}")
            time.sleep(0.1)
        ready = time.monotonic()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
    return ready - begun, time.monotonic() - ready


def _ready(port: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
