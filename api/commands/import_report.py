"""What an import says at its end, for people and as JSON."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Final

import orjson
import typer
from rich.console import Console
from rich.table import Table

from api.commands.console import console as console_for_tables
from graph.load import Tally
from graph.load.rejects import UNREADABLE, RejectFiles
from graph.load.tally import OUTCOMES, SKIPS, reason_of
from graph.rows import Reject

SHOWN_REASONS: Final = 5
SHOWN_UNREAD: Final = 12


def say(tally: Tally, rejects: RejectFiles, *, mapping: Path | None, dry_run: bool, as_json: bool) -> None:
    """Print what came of the import."""
    if as_json:
        typer.echo(orjson.dumps(summary(tally, rejects.paths), option=orjson.OPT_INDENT_2).decode())
        return
    console = console_for_tables()
    console.print(_counts(tally))
    _say_notes(console, tally)
    _say_reasons(console, tally, rejects)
    for path in rejects.paths:
        console.print(f"{'Correct' if path.name != UNREADABLE else 'Cannot be corrected here'}: {path}", markup=False, soft_wrap=True)
    through = f" --mapping {shlex.quote(str(mapping))}" if mapping else ""
    for folder in rejects.folders:
        again = f"creatorgraph import {shlex.quote(str(folder))}{through}"
        console.print(f"Import again once corrected: {again}", markup=False, soft_wrap=True)
    if dry_run:
        console.print("Nothing was written.")


def _say_reasons(console: Console, tally: Tally, rejects: RejectFiles) -> None:
    """Print an example of each reason, and how many more rows were rejected for it."""
    for reject in tally.reasons[:SHOWN_REASONS]:
        more = tally.repeated[reason_of(reject)] - 1
        console.print(f"rejected: {_place(reject)}: {reason(reject)}" + (f" (and {more:,} more like it)" if more else ""), markup=False)
    shown = sum(tally.repeated[reason_of(each)] for each in tally.reasons[:SHOWN_REASONS])
    if (more := tally.total("rejected") - shown) > 0 and tally.reasons:
        where = ", each with its reason in the files below" if rejects.paths else "; --json names the reasons"
        console.print(f"rejected: {more:,} more for other reasons{where}")


def reason(reject: Reject) -> str:
    """Return what is wrong with a record: its column and value, where it is of one, the rule, and the remedy."""
    value = f"'{reject.value}'" if reject.value else ""
    subject = f"{reject.column} {value}".strip()
    return f"{subject}: {reject.rule}; {reject.remedy}" if subject else f"{reject.rule}; {reject.remedy}"


def _say_notes(console: Console, tally: Tally) -> None:
    """Print what was skipped, then what is worth a look, then the fields that were left unread, the most frequent of these."""
    unread = tally.unread
    for (kind, subject), count in sorted(tally.notes.items(), key=lambda each: (each[0][0] not in SKIPS, each[0])):
        if (kind, subject) not in unread:
            word = "skipped" if kind in SKIPS else "noted"
            console.print(f"{word}: {kind}: {subject}" + (f" ({count:,})" if count > 1 else ""), markup=False)
    for (kind, subject), count in unread.most_common(SHOWN_UNREAD):
        console.print(f"not read: {kind}: {subject} ({count:,})", markup=False)
    if len(unread) > SHOWN_UNREAD:
        console.print(f"not read: {len(unread) - SHOWN_UNREAD:,} more fields; --json names them all")


def _counts(tally: Tally) -> Table:
    shown = OUTCOMES if tally.total("erased") else OUTCOMES[:-1]
    table = Table("kind", *shown, box=None, header_style="bold")
    for column in table.columns[1:]:
        column.justify = "right"
    for kind, counts in sorted(tally.counts.items()):
        table.add_row(kind, *(f"{counts[column]:,}" for column in shown))
    if tally.skipped:
        table.add_row("files and documents skipped", f"{tally.skipped:,}")
    return table


def summary(tally: Tally, rejects: list[Path]) -> dict[str, object]:
    """Return the summary as JSON has it."""
    notes = [{"kind": kind, "subject": subject, "count": count} for (kind, subject), count in sorted(tally.notes.items())]
    return {
        "kinds": {kind: {column: counts[column] for column in OUTCOMES} for kind, counts in sorted(tally.counts.items())},
        "skipped": [note for note in notes if note["kind"] in SKIPS],
        "noted": [note for note in notes if note["kind"] not in SKIPS],
        "reasons": [_reason(each) | {"count": tally.repeated[reason_of(each)]} for each in tally.reasons],
        "rejects": [str(path) for path in rejects],
    }


def _reason(reject: Reject) -> dict[str, str]:
    return {"place": _place(reject), "column": reject.column, "value": reject.value, "rule": reject.rule, "remedy": reject.remedy}


def _place(reject: Reject) -> str:
    return f"{reject.where.file} {reject.where.record}".strip()
