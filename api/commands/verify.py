"""`creatorgraph verify`: compute exported scores again, without a database, and check what signed them."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import orjson
import typer

if TYPE_CHECKING:
    from api.proof.verification import Verdict
    from scoring.proof import Difference

SHOWN: Final = 20
KEY_LENGTH: Final = 64

app = typer.Typer(add_completion=False)


@app.command(name="verify")
def verify(
    file: Annotated[
        Path, typer.Argument(exists=True, help="Folder or zip that `creatorgraph export scorecards --manifest`, or POST /exports, wrote.")
    ],
    key: Annotated[
        str | None,
        typer.Option(
            "--key",
            metavar="HEX",
            help="Public key that must have signed it, as `creatorgraph keys public` or `scoringRuns { nodes { manifest { "
            "publicKey } } }` shows it. Default: the key named in the export.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
) -> None:
    """Compute every exported score again from its facts, the fit and the formula, and check signatures and digests.

    Needs neither a database nor a network. Exit code 0: everything was verified; 1: something was not; 2: wrong usage.
    """
    if key is not None and not _is_key(key):
        raise typer.BadParameter(f"{key!r} is not a public key; give {KEY_LENGTH} hexadecimal digits", param_hint="--key")
    # Imported late: numerical libraries take a second that a mistyped option should not wait for.
    from api.proof.bundle import read
    from api.proof.verification import verdict

    found = verdict(read(file), trusted=key and key.lower())
    if as_json:
        told = {**asdict(found), "sound": found.sound, "trusted": key is not None}
        sys.stdout.write(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode() + "\n")
    else:
        _tell(found, trusted=key is not None)
    raise typer.Exit(int(not found.sound))


def _is_key(text: str) -> bool:
    return len(text) == KEY_LENGTH and all(each in "0123456789abcdef" for each in text.lower())


def _tell(found: Verdict, *, trusted: bool) -> None:
    date = datetime.fromtimestamp(found.as_of, UTC).strftime("%Y-%m-%d %H:%M UTC")
    typer.echo(f"run {found.run} as of {date}: {found.scorecards:,} scorecards of {found.creators:,} creators")
    lines = [*found.problems, *map(_line, found.differences)]
    for line in lines[:SHOWN]:
        typer.echo(f"✗ {line}")
    if len(lines) > SHOWN:
        typer.echo(f"✗ and {len(lines) - SHOWN:,} more; --json has all")
    if found.withheld:
        typer.echo(
            f"{found.withheld:,} scorecards do not include the facts that contain exact sales: their"
            " signatures were checked, but their scores were not recomputed"
        )
    if found.sound:
        typer.echo("Every score follows from its facts, the fit and the formula, and matches the signature.")
    if not trusted:
        typer.echo(f"Signed with the key {found.public_key}. To verify the signer, pass the key that you trust with --key.", err=True)


def _line(each: Difference) -> str:
    where = f"creator {each.creator}, {each.window} days, category {each.category}"
    what = each.score if each.what == "value" else f"{each.score}, {each.what}"
    return f"{where}: {what} is stored as {each.stored!r}, recomputed as {each.recomputed!r}"
