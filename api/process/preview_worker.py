"""`python -m api.process.preview_worker`: what the first records of an upload become, in a process that can have so much and no more.

A small file may unpack to any size, and a record become any number of rows. Order and answer are JSON, on standard input and output.
"""

from __future__ import annotations

import os
import resource
import sys
from typing import Any, Final

import orjson

from api.imports.previews import previewed

NICENESS: Final = 5
"""Those who wait for answers come first."""

NO_MEMORY: Final = 70
NO_FILE: Final = 71
"""Exit codes where more memory is needed than allowed, and where the file was removed meanwhile."""

MEBIBYTE: Final = 1024 * 1024


def main() -> int:
    """Return 0 once the answer is written, else why there is none."""
    os.nice(NICENESS)
    given: dict[str, Any] = orjson.loads(sys.stdin.buffer.read())
    _limit(given["seconds"], given["mebibytes"] * MEBIBYTE)
    try:
        answer = orjson.dumps(previewed(**given["arguments"]))
    except MemoryError:
        return NO_MEMORY
    except FileNotFoundError:
        return NO_FILE
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0


def _limit(seconds: int, size: int) -> None:
    """Allow this process, from now on, so many seconds of a core and so many bytes of memory; the last only where the system counts it.

    It is what was allocated that counts: libraries reserve addresses which they never use.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))


if __name__ == "__main__":
    sys.exit(main())
