"""`creatorgraph simulate`: write a market with planted traits, the same bytes for the same seed."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from simulation.calendar import DEFAULT_END
from simulation.errors import SimulationError
from simulation.market import BUILDERS, DEFAULT_CREATORS, DEFAULT_DAYS, Market, market
from simulation.regimes import REGIMES, regime
from simulation.regions import DEFAULT_REGIONS
from simulation.responses import OWNERS, write_responses
from simulation.tables.truth import TABLES
from simulation.world import Progress
from simulation.writing import Format, emptied, files_of, refuse_inside, undone_on_failure, write_tables

app = typer.Typer(add_completion=False)


@app.command()
def simulate(  # noqa: PLR0913 - a command has as many parameters as options
    out: Annotated[Path, typer.Argument(help="Folder for the import tables; it must be empty or not exist.", file_okay=False)],
    creators: Annotated[int, typer.Option(help="How many creators.")] = DEFAULT_CREATORS,
    days: Annotated[int, typer.Option(help="How many days of posts and sales.")] = DEFAULT_DAYS,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the random numbers: the same seed gives the same bytes.")] = 1,
    end: Annotated[
        datetime,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="DATE", show_default=str(DEFAULT_END), help="The market ends before this day begins (UTC)."
        ),
    ] = datetime.combine(DEFAULT_END, datetime.min.time()),  # noqa: B008 - a constant, and what the help shows
    regions: Annotated[str, typer.Option(help="Regions, separated by commas.")] = ",".join(DEFAULT_REGIONS),
    format_: Annotated[Format, typer.Option("--format", help="Format of the tables.")] = Format.PARQUET,
    like: Annotated[str, typer.Option("--regime", help=f"What the market is like: {', '.join(REGIMES)}.")] = "usual",
    truth: Annotated[
        Path | None, typer.Option(file_okay=False, help="Folder for the planted traits, never read by an import. Default: OUT-truth.")
    ] = None,
    responses: Annotated[Path | None, typer.Option(file_okay=False, help="Also write the market here, as partner-API responses.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the tables in folders that are not empty.")] = False,
) -> None:
    """Write a simulated market as tables to import, and what was planted in it beside them."""
    planted = truth or out.with_name(f"{out.name}-truth")
    try:
        for beside in (planted, *([responses] if responses else [])):
            refuse_inside(beside, out)
        places = {out: files_of(BUILDERS), planted: files_of(TABLES)} | ({responses: OWNERS} if responses else {})
        for folder, parts in places.items():
            emptied(folder, overwrite=overwrite, parts=parts)
        with undone_on_failure(places), _progress() as tell:
            made = market(seed, creators=creators, days=days, end=end.date(), regions=regions.split(","), like=regime(like), progress=tell)
            write_tables(made.tables, out, format_=format_, progress=tell)
            write_tables(made.truth, planted, format_=format_, progress=tell)
            owners = write_responses(made.world, responses, progress=tell) if responses else 0
    except (SimulationError, OSError) as error:
        typer.echo(f"creatorgraph simulate: {_explained(error, out)}", err=True)
        raise typer.Exit(1) from error
    more = f", and as responses of {owners} owners to {responses}" if responses else ""
    typer.echo(_summary(made, out, planted, end.date()) + more, err=True)


def _explained(error: SimulationError | OSError, out: Path) -> str:
    if isinstance(error, SimulationError):
        return str(error)
    return f"{error.filename or out}: {error.strerror or error}; choose a folder with enough space that you can write to"


@contextmanager
def _progress() -> Generator[Progress]:
    """Give a function that shows what is being done, on standard error and only on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _step: None
        return
    with Console(stderr=True).status("people") as status:
        yield lambda step: status.update(f"Simulating: {step}")


def _summary(made: Market, out: Path, planted: Path, end: date) -> str:
    counts = ", ".join(f"{made[name].num_rows:,} {name}" for name in ("creators", "contents", "collaborations", "sales"))
    return f"Wrote {counts} before {end} to {out}; planted traits to {planted}"
