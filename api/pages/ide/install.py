"""`python -m api.pages.ide.install`: fetch the IDE's files once, by the lock beside this module."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from api.errors import ApiError
from api.pages.ide import FILES, HERE, folder, installed
from api.pages.packages import fetch
from api.settings import load


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


if __name__ == "__main__":
    try:
        print(install(load().cache))
    except ApiError as error:
        sys.exit(error.message)
