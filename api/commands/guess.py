"""`creatorgraph import --guess FILE`: a mapping proposed from a file, shown, and written beside it."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from api.commands.import_report import reason
from graph.rows import Reject, Row
from graph.sources.faults import BadMapping
from graph.sources.guessing import guessed, preview


def propose(files: list[Path], mapping: Path | None, *, given: list[str]) -> None:
    """Propose a mapping for one file, show what its first records become, and write it to `mapping` or beside the file.

    BadMapping where nothing in the file is known, where a mapping is there already, or for `given` options that would be ignored.
    """
    if given:
        raise BadMapping(f"--guess detects what {given[0]} says and writes it into the mapping; omit {given[0]}, and correct the mapping")
    if len(files) != 1 or not files[0].is_file():
        raise BadMapping("--guess reads one file; give its path")
    [file] = files
    target = mapping or file.with_name(f"{file.name.partition('.')[0]}.toml")
    text = guessed(file)
    try:
        with target.open("x", encoding="utf-8") as written:
            written.write(text)
    except FileExistsError:
        raise BadMapping(f"{target} exists already; move it away, or name another file with --mapping") from None
    except OSError as error:
        raise BadMapping(f"{target} cannot be written ({error.strerror}); name another file with --mapping") from None
    _show(file, target, text)


def _show(file: Path, target: Path, text: str) -> None:
    console = Console(soft_wrap=True, highlight=False)
    console.print(text, markup=False)
    console.print("The first records would be read as:", markup=False)
    for place, item in preview(file, text).rows:
        console.print(f"  {place}: {_line(item)}", markup=False)
    console.print(f"Written to {target}. Check it, then run:\n  creatorgraph import {file} --mapping {target} --dry-run", markup=False)


def _line(item: Row | Reject) -> str:
    if isinstance(item, Reject):
        return f"{item.table} rejected: {reason(item)}"
    return f"{item.table}: " + ", ".join(f"{name}={_shown(value)}" for name, value in item.values.items())


def _shown(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:59]}…"
