"""What came of an import, or would come of it, as its record keeps it: the counts, notes and reasons that the command line prints."""

from __future__ import annotations

from typing import Any, Final

from api.imports.texts import printable
from graph.load import Tally
from graph.load.tally import OUTCOMES, SKIPS, UNREAD, reason_of
from graph.rows import Reject

MOST_NOTES: Final = 200
"""Notes of a kind that are kept, the most frequent: each of ten thousand files could have one."""


def summary_of(tally: Tally) -> dict[str, Any]:
    """Return a tally as JSON has it: `tables`, the notes `skipped`, `unread` and `noted`, and `reasons` with one example each."""
    notes = [{"kind": kind, "subject": subject, "count": count} for (kind, subject), count in sorted(tally.notes.items())]
    return {
        "tables": [{"name": name, **{each: counts[each] for each in OUTCOMES}} for name, counts in sorted(tally.counts.items())],
        "skipped": _most([note for note in notes if note["kind"] in SKIPS]),
        "unread": _most([note for note in notes if note["kind"] in UNREAD]),
        "noted": _most([note for note in notes if note["kind"] not in SKIPS | UNREAD]),
        "reasons": [_reason(each) | {"count": tally.repeated[reason_of(each)]} for each in tally.reasons],
    }


def _most(notes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(notes, key=lambda note: -note["count"])[:MOST_NOTES]


def _reason(reject: Reject) -> dict[str, str]:
    place = {"table": reject.kind or reject.table, "file": printable(reject.where.file), "record": printable(reject.where.record)}
    what = {name: printable(getattr(reject, name)) for name in ("column", "value", "rule", "remedy")}
    return place | what
