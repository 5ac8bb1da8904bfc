"""`creatorgraph score`: compute all indicators and rankings, and let readers see them in one step."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated, Final

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api import settings
from api.commands.console import download_bar
from api.commands.dates import seconds
from api.errors import ApiError
from api.process.database import database
from api.process.ending import leave
from api.process.startup import Tell
from api.proof.signing import Signer
from api.runs.job import ScoringCancelled
from api.runs.phases import PHASES
from api.runs.scoring_run import Outcome, score
from api.runs.stability import described
from api.telemetry import traces
from graph.dates import iso_day, iso_time
from graph.migrations import migrate
from graph.runs import Standing, discard_held, publish_held
from scoring import NAMES, camel

SHOWN_REASONS: Final = 3
NOT_WAITING: Final = {
    Standing.MISSING: "there is no run {run!r}; `creatorgraph score` prints the number of a run that waits",
    Standing.NOT_HELD: "run {run} is not waiting to be published",
    Standing.OUTDATED: "run {run} is older than the current run; discard it, and score again",
}


class NotWaiting(ApiError):
    """A run that was to be published or discarded does not wait."""


app = typer.Typer(add_completion=False)


@app.command(name="score")
def score_command(
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="Score the data known at this time: the windows are the complete UTC days before it. A date, or a date and "
            "time with an offset (UTC if none). Default: the latest time in the data, not the clock.",
        ),
    ] = None,
    keep: Annotated[
        int | None, typer.Option("--retain", min=1, help="Number of runs to keep, including this one. Default: CREATORGRAPH_KEEP_RUNS.")
    ] = None,
    publish: Annotated[str | None, typer.Option("--publish", metavar="RUN", help="Publish a run that is waiting, without scoring.")] = None,
    discard: Annotated[str | None, typer.Option("--discard", metavar="RUN", help="Discard a run that is waiting, without scoring.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON on standard output.")] = False,
) -> None:
    """Compute the indicators and rankings of all creators.

    Readers see the previous run until this one is complete. A run whose inputs or scores differ from the current one's by more than
    CREATORGRAPH_DRIFT_LIMIT waits until it is published with --publish or removed with --discard.
    Exit code 0: published, removed, or waiting; 1: nothing was; 2: wrong usage.
    """
    if publish or discard:
        if (publish and discard) or as_of is not None:
            raise typer.BadParameter("--publish and --discard cannot be combined with each other or with --as-of")
        typer.echo(asyncio.run(_decided(settings.load(), publish or discard or "", publishes=publish is not None)))
        return
    until = None if as_of is None else seconds(as_of)
    outcome = _scored(settings.load(), until, keep)
    if as_json:
        sys.stdout.write(orjson.dumps(asdict(outcome), option=orjson.OPT_INDENT_2).decode() + "\n")
    else:
        typer.echo(summary(outcome))


def _scored(loaded: settings.Settings, as_of: int | None, keep: int | None) -> Outcome:
    with asyncio.Runner() as runner:
        try:
            with traces():
                return runner.run(_run(loaded, as_of, keep))
        except ScoringCancelled as cancelled:
            typer.echo(f"creatorgraph: {cancelled.message}", err=True)
            leave(1)  # without waiting for threads that still compute what nobody wants any more


async def _run(loaded: settings.Settings, as_of: int | None, keep: int | None) -> Outcome:
    with download_bar() as downloading:
        async with database(loaded, progress=downloading) as driver:
            await migrate(driver, indicators=[camel(name) for name in NAMES], database=loaded.neo4j_database)
            with _progress() as tell:
                return await score(
                    driver,
                    as_of=as_of,
                    kept=keep or loaded.keep_runs,
                    database=loaded.neo4j_database,
                    tell=tell,
                    signer=Signer.of(loaded.home),
                    drift_limit=loaded.drift_limit,
                )


async def _decided(loaded: settings.Settings, run: str, *, publishes: bool) -> str:
    """Publish or discard a run that waits; returns what was done."""
    name, now = loaded.neo4j_database, int(time.time())
    async with database(loaded) as driver:
        found = await publish_held(driver, run, now=now, database=name) if publishes else await discard_held(driver, run, database=name)
    if found is not Standing.DONE:
        raise NotWaiting(NOT_WAITING[found].format(run=run))
    return f"Run {run} is current." if publishes else f"Run {run} is discarded."


@contextmanager
def _progress() -> Generator[Tell]:
    """Give a function that shows the phases on standard error: bars on a terminal, a line for a wait elsewhere."""
    if not sys.stderr.isatty():
        yield _only_waits
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None)

        def tell(phase: str, done: int, total: int) -> None:
            bars.update(task, description=PHASES.get(phase, phase), completed=done, total=total or None)

        yield tell


def _only_waits(phase: str, _done: int, _total: int) -> None:
    if phase not in PHASES:
        typer.echo(phase, err=True)


def summary(outcome: Outcome) -> str:
    """Return what a run has made, in a few lines."""
    took = ", ".join(f"{PHASES[name]} {spent:.1f} s" for name, spent in outcome.seconds.items() if spent >= 0.05)
    stands = "waits" if outcome.held else "is current"
    lines = [
        f"Run {outcome.run} {stands}: {outcome.creators:,} creators, {outcome.scorecards:,} scorecards, {outcome.ties:,} ties to brands.",
        f"As of {iso_time(outcome.as_of)}; the windows end with {iso_day(outcome.until - 1)}, formula {outcome.formula_version}.",
        f"{took}; {outcome.scorecards / max(outcome.seconds['store'], 1e-9):,.0f} scorecards/s stored.",
    ]
    silent = [f"  {name}: {_reasons(found)}" for name, found in outcome.reasons.items() if found]
    return "\n".join([*lines, *_drift(outcome), *(["Without a score, over all windows:", *silent] if silent else [])])


def _drift(outcome: Outcome) -> list[str]:
    """Return what has drifted, and what to do about it."""
    if not outcome.drifted:
        return []
    moved = f"These differ from the current run, by population stability index: {described(outcome.drifted)}."
    if not outcome.held:
        return [moved]
    publish, discard = (f"creatorgraph score --{what} {outcome.run}" for what in ("publish", "discard"))
    return [moved, f"Readers still see the current run. Run `{publish}` if the change is real, `{discard}` if it is not."]


def _reasons(found: dict[str, int]) -> str:
    shown = [f"{count:,} ({reason})" for reason, count in list(found.items())[:SHOWN_REASONS]]
    rest = sum(list(found.values())[SHOWN_REASONS:])
    return ", ".join(shown) + (f", {rest:,} for other reasons" if rest else "")
