"""`creatorgraph doctor`: check this machine, and say how to mend what is wrong."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Annotated, Final

import orjson
import typer
from rich.table import Table
from rich.text import Text

from api import settings
from api.checkup import Finding, Level, findings
from api.commands.console import console

COLOURS: Final = {Level.OK: "green", Level.WARN: "yellow", Level.FAIL: "bold red"}

app = typer.Typer(add_completion=False)


@app.command()
def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print the findings as one JSON list.")] = False) -> None:
    """Check Python, memory, disk, clock, port, files and the database; exit code 1 if something must be fixed."""
    found = asyncio.run(findings(settings.load()))
    if as_json:
        typer.echo(orjson.dumps([asdict(finding) for finding in found], option=orjson.OPT_INDENT_2).decode())
    else:
        console().print(_table(found))
    raise typer.Exit(int(any(finding.level is Level.FAIL for finding in found)))


def _table(found: list[Finding]) -> Table:
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for finding in found:
        text = finding.text + (f"\n→ {finding.remedy}" if finding.remedy else "")
        table.add_row(Text(finding.level, style=COLOURS[finding.level]), finding.subject, Text(text))
    return table
