"""Folders that runs and exports write: whole or not at all, for their owner's eyes, and in the place of nobody else's."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from graph.exports.errors import FileThere
from graph.exports.placing import placed, refuse_unfit
from scoring import proof
from scoring.facts.events.arrow import Table

MANIFEST: Final = "manifest.json"
EVENTS: Final = "creatorgraph-events-1"
SCORECARDS: Final = "creatorgraph-scorecards-1"
MANIFEST_BYTES: Final = 32 << 20
"""Most bytes of a manifest that are read: 4,096 parts take 8 MB."""
FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600

parquet: Final[Any] = import_module("pyarrow.parquet")


@contextmanager
def result_folder(path: Path, *, overwrite: bool = False) -> Generator[Path]:
    """Yield a new folder that becomes `path` when the block ends well; only its owner may look into it."""
    refuse_place(path, overwrite=overwrite)
    with placed(path, overwrite=overwrite) as aside:
        aside.mkdir(mode=FOLDER_MODE)
        yield aside
        for each in aside.rglob("*"):
            each.chmod(FOLDER_MODE if each.is_dir() else FILE_MODE)
        refuse_place(path, overwrite=overwrite)


def refuse_place(path: Path, *, overwrite: bool) -> None:
    """Raise ExportError where no folder can be put, or where one would replace what is not ours."""
    refuse_unfit(path, overwrite=overwrite)
    if path.is_symlink() or (path.exists() and not _replaceable(path)):
        raise FileThere(
            f"{path} is not a folder of event tables or scorecards, and --overwrite replaces nothing else; "
            "choose another name, or remove it yourself"
        )


def _replaceable(path: Path) -> bool:
    """Return whether a folder is empty, or says of itself that it is one of ours."""
    if not path.is_dir():
        return False
    if not any(path.iterdir()):
        return True
    try:
        return json.loads(manifest_of(path))["format"] in (EVENTS, SCORECARDS)
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return False


def manifest_of(path: Path) -> bytes:
    """Return a folder's manifest; OSError where there is none, ValueError where it is no file or longer than any of ours."""
    file = path / MANIFEST
    stat = file.stat()
    if not file.is_file():
        raise ValueError("it is not a file")
    if stat.st_size > MANIFEST_BYTES:
        raise ValueError(f"it has {stat.st_size:,} bytes, more than {MANIFEST_BYTES:,}")
    return file.read_bytes()


def write_table(file: Path, table: Table) -> dict[str, Any]:
    """Write a table as Parquet, and return what a manifest says of the file."""
    file.parent.mkdir(exist_ok=True)
    parquet.write_table(table, file, compression="zstd")
    content = file.read_bytes()
    return {"rows": table.num_rows, "bytes": len(content), "sha256": proof.digest(content)}


def write_manifest(folder: Path, told: Mapping[str, Any]) -> None:
    """Write what a folder says of itself."""
    (folder / MANIFEST).write_text(json.dumps(told, indent=2) + "\n", "utf-8")
