"""`creatorgraph serve` as a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

COMMAND = (sys.executable, "-c", "from api.commands import main; main()")
"""`creatorgraph`, of the checkout that is tested."""

SECONDS_TO_END = 30


@dataclass(frozen=True)
class Served:
    """A process that serves, and where."""

    url: str
    home: Path
    process: subprocess.Popen[str]

    def end(self, by: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Send the signal, and return exit code and what was still said on stderr."""
        self.process.send_signal(by)
        rest = self.process.communicate(timeout=SECONDS_TO_END)[1]
        return self.process.returncode, rest


@contextmanager
def serving(home: Path, environment: Mapping[str, str], *options: str, command: Sequence[str] = ("serve",)) -> Generator[Served]:
    """Serve on any free port until the block ends; `environment` may name the database to use."""
    whole = [*COMMAND, *command, "--port", "0", *options]
    own = {name: value for name, value in os.environ.items() if not name.startswith(("CREATORGRAPH_", "NEO4J_"))}
    own |= {"CREATORGRAPH_HOME": str(home), "CREATORGRAPH_LOG_LEVEL": "warning", "CREATORGRAPH_WARM_UP_SECONDS": "0", **environment}
    process = subprocess.Popen(whole, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        said = ""
        for line in process.stderr:
            said += line
            if found := re.search(r"serves on (http://\S+)", line):
                yield Served(found[1], home, process)
                break
        else:
            raise AssertionError(f"it did not come up: {said}")
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.communicate(timeout=SECONDS_TO_END)
            finally:
                process.kill()
        process.stderr.close()
