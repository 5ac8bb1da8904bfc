"""Exports: ordered, waited for, fetched."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any, Final

from creatorgraph.errors import ExportFailed, of_errors, of_status
from creatorgraph.flows.queries import Notified
from creatorgraph.steps import Answer, Call, Flow, Pause

PATH: Final = "/exports"
GOING: Final = ("QUEUED", "RUNNING")
FIRST_LOOK: Final = 0.2
LONGEST: Final = 5.0
"""Seconds between two looks at how far it is: they double from the first to the longest."""


def export(what: str, format: str, to: str | Path, *, overwrite: bool = False, **options: Any) -> Flow[Path]:
    """Order an export, wait until it is done, and return the path of its file, which is whole or not there.

    `what` is `graph`, `network`, `query` or `scorecards`; `format` is `graphml`, `gexf`, `parquet`, `csv`, `arrow` or `jsonl`.
    Options are those of `POST /exports`: `brand="…"`, `depth=2`. The export is deleted from the service once it is here.
    """
    target = Path(to)
    if target.exists() and not overwrite:
        raise FileExistsError(f"{target} exists; choose another name, or pass overwrite=True")
    if not target.parent.is_dir():
        raise FileNotFoundError(f"there is no folder {target.parent}; create it first")
    record = yield from _record(Call("POST", PATH, {"what": what, "format": format, "options": options}, repeatable=False))
    if record.get("notice"):
        warnings.warn(record["notice"], Notified, stacklevel=2)
    own, wait = f"{PATH}/{record['id']}", FIRST_LOOK
    while record["status"] in GOING:
        yield Pause(wait)
        wait = min(LONGEST, wait * 2)
        record = yield from _record(Call("GET", own))
    if record["status"] != "DONE":
        raise ExportFailed(
            f"the export {record['id']} is {record['status']}: {(record.get('error') or {}).get('message', 'no reason given')}"
        )
    yield from _fetched(record["file"], target)
    yield Call("DELETE", own)
    return target


def _record(call: Call) -> Flow[dict[str, Any]]:
    answer: Answer = yield call
    found = answer.json()
    if answer.status >= 400 or not isinstance(found, dict):
        raise _refusal(answer)
    return found


def _fetched(path: str, target: Path) -> Flow[None]:
    """Fetch the file beside its place, and put it there once it is whole."""
    part = target.with_name(f".{target.name}.part")
    try:
        answer: Answer = yield Call("GET", path, accept="*/*", to=part)
        if answer.status != 200:
            raise _refusal(answer)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _refusal(answer: Answer) -> Exception:
    errors = answer.errors()
    return of_errors(errors) if errors else of_status(answer.status, answer.content.decode(errors="replace"))
