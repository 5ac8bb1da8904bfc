"""`creatorgraph audit`: whether the audit log is as it was written, and what is in it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from time import time
from typing import Annotated, Any, Final

import orjson
import typer
from rich.table import Table
from rich.text import Text

from api.access.store import Store
from api.audit.checking import checked
from api.audit.files import FOLDER, LogFiles
from api.audit.log import AuditLog
from api.audit.note import Checkpoint, Signer
from api.audit.pseudonyms import Pseudonyms
from api.audit.reading import Look, Wanted, newest
from api.audit.verification import Verdict
from api.commands.console import console
from api.errors import BadUserInput
from api.settings import load
from graph.dates import iso_time

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Verify the audit log, and list who was shown whose scores.")

SHOWN: Final = 20
TITLES: Final = ("index", "at", "key", "holder", "role", "channel", "operation", "times", "creators")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Moment = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"], help="In UTC.")]


@app.command("verify")
def verify(
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(exists=True, dir_okay=False, help="A checkpoint that was saved earlier, elsewhere; repeatable."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check every entry against the signed checkpoint: none edited, dropped, added or reordered.

    Only a checkpoint that was saved elsewhere (`creatorgraph audit checkpoint`) shows that the newest entries were cut off, or the whole
    log replaced. Exit code 0: the log is as it was written; 1: it is not.
    """
    home = load().home
    signer = Signer.of(home)
    found = checked(home, [Checkpoint.read(each.read_bytes(), signer.verifier) for each in checkpoint or ()])
    if as_json:
        sys.stdout.write(orjson.dumps({**asdict(found), "sound": found.sound}, option=orjson.OPT_INDENT_2).decode() + "\n")
    else:
        _tell(found, signer)
    raise typer.Exit(int(not found.sound))


@app.command("list")
def list_(  # noqa: PLR0913 -- each option of a command is an argument
    creator: Annotated[str | None, typer.Option(help="Only entries that show this creator (the own id).")] = None,
    key: Annotated[str | None, typer.Option(help="Only entries of this key, by id or name.")] = None,
    since: Moment = None,
    until: Moment = None,
    first: Annotated[int, typer.Option(min=1, help="Number of entries, newest first.")] = 100,
    as_json: AsJson = False,
) -> None:
    """List who was shown whose scores, newest first."""
    home = load().home
    names = _names(home)
    wanted = Wanted(creator, creator is not None, None if key is None else _key(key, names), _seconds(since), _seconds(until))
    rows = _rows(home, newest(home, wanted, first=first), names)
    if as_json:
        sys.stdout.write(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode() + "\n")
        return
    table = Table(*TITLES)
    for each in rows:
        table.add_row(*(Text(_cell(each[title])) for title in TITLES))
    console().print(table)


@app.command("checkpoint")
def checkpoint() -> None:
    """Print the newest checkpoint, a signed note, to be saved where the server cannot reach it."""
    home = load().home
    file = LogFiles(home / FOLDER).checkpoint
    if not file.exists():
        raise BadUserInput(f"{file} does not exist: nothing has been shown yet")
    sys.stdout.write(file.read_text("utf-8"))
    typer.echo(f"signed by {Signer.of(home).verifier}", err=True)


@app.command("prune")
def prune() -> None:
    """Remove entries older than CREATORGRAPH_AUDIT_DAYS, as a server does by itself; what is left is still verified."""
    settings = load()
    first = AuditLog(settings.home, days=settings.audit_days).prune(int(time()))
    typer.echo(f"the first entry that is kept is {first:,}")


def _tell(found: Verdict, signer: Signer) -> None:
    for line in found.problems[:SHOWN]:
        typer.echo(f"✗ {line}")
    if len(found.problems) > SHOWN:
        typer.echo(f"✗ and {len(found.problems) - SHOWN:,} more; --json has all")
    if found.sound:
        kept = f"; those before {found.first:,} were removed by age" if found.first else ""
        typer.echo(f"{found.size:,} entries are as they were written{kept}.")
        typer.echo(f"Signed by {signer.verifier}.", err=True)


def _names(home: Path) -> dict[str, str]:
    store = Store(home)
    try:
        return {each.id: each.grant.name for each in store.records()}
    finally:
        store.close()


def _key(text: str, names: dict[str, str]) -> str:
    """Return the id of the key that is meant, the newest of a name."""
    if text in names:
        return text
    found = [id_ for id_, name in names.items() if name == text]
    if not found:
        raise BadUserInput(f"no key has the id or name {text!r}; `creatorgraph keys list` shows them")
    return found[-1]


def _rows(home: Path, looks: Sequence[Look], names: dict[str, str]) -> list[dict[str, Any]]:
    pseudonyms = Pseudonyms(home / FOLDER)
    try:
        return [_row(each, names, pseudonyms) for each in looks]
    finally:
        pseudonyms.close()


def _row(look: Look, names: dict[str, str], pseudonyms: Pseudonyms) -> dict[str, Any]:
    entry = look.entry
    known = pseudonyms.creators(entry.creators or ())
    return {
        "index": look.index,
        "at": iso_time(entry.at),
        "key": entry.key,
        "holder": names.get(entry.key, ""),
        "role": entry.role,
        "channel": entry.channel,
        "operation": entry.operation,
        "document": entry.document,
        "times": entry.times,
        "creators": None if entry.creators is None else [known.get(each) for each in entry.creators],
        "text": pseudonyms.text(entry.document) if entry.creators is None else None,
    }


def _cell(value: Any) -> str:
    if value is None:
        return "any"
    if isinstance(value, list):
        ids = [str(each or "erased") for each in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        return ", ".join(ids[:3]) + (f" and {len(ids) - 3} more" if len(ids) > 3 else "")
    return str(value)


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.replace(tzinfo=UTC).timestamp())
