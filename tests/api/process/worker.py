"""`python -m tests.api.process.worker PART`: stands in for the worker that makes the demo market, which takes a minute."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time


def tell(**line: object) -> None:
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    tell(stage="importing", done=1, total=4)
    if sys.argv[1] == "fails":
        tell(error="the disk is full; free some space")
        sys.exit(1)
    if sys.argv[1] == "crashes":
        os._exit(7)
    if sys.argv[1] == "hangs":
        folder = tempfile.mkdtemp()
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        tell(stage=f"{os.getpid()} {child.pid} {folder}", done=0, total=0)
        time.sleep(60)
    tell(stage="scoring", done=0, total=0)
