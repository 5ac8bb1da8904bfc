"""`creatorgraph score`: compute all indicators and rankings, and let readers see them in one step."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
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
from api.runs.engines import LOCAL, Engine
from api.runs.engines.spark import Spark
from api.runs.folder_run import FolderOutcome, score_folder
from api.runs.job import Order, ScoringCancelled
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
    Standing.CONSENT_WITHDRAWN: "a creator withdrew the consent to exact sales after run {run} was read, and its scores are made with"
    " them; discard it, and score again",
}


class NotWaiting(ApiError):
    """A run that was to be published or discarded does not wait."""


app = typer.Typer(add_completion=False)


AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Score the data known at this time: the windows are the complete UTC days before it. A date, or a date and "
        "time with an offset (UTC if none). Default: the latest time in the data, not the clock.",
    ),
]
Keep = Annotated[
    int | None, typer.Option("--retain", min=1, help="Number of runs to keep, including this one. Default: CREATORGRAPH_KEEP_RUNS.")
]
Gently = Annotated[
    bool,
    typer.Option(
        "--gently", help="Leave the database to readers half of the time, as runs that a service starts do; storing takes longer."
    ),
]
Publish = Annotated[str | None, typer.Option("--publish", metavar="RUN", help="Publish a run that is waiting, without scoring.")]
Discard = Annotated[str | None, typer.Option("--discard", metavar="RUN", help="Discard a run that is waiting, without scoring.")]
Events = Annotated[
    Path | None,
    typer.Option("--events", metavar="DIR", help="Score what `creatorgraph export events` wrote here, without a database; needs --out."),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder to write the scorecards of --events to, as Parquet.")]
EngineName = Annotated[
    str | None,
    typer.Option("--engine", metavar="ENGINE", help="Where to compute --events: local or spark (a cluster). Default: local."),
]
Master = Annotated[
    str | None, typer.Option("--master", metavar="URL", help="Spark Connect server of --engine spark, such as sc://localhost:15002.")
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace a folder of event tables or scorecards, or an empty one, once the new one is complete.")
]
Json = Annotated[bool, typer.Option("--json", help="Print the summary as JSON on standard output.")]


@app.command(name="score")
def score_command(  # noqa: PLR0913 -- each option of a command is an argument
    as_of: AsOf = None,
    keep: Keep = None,
    gently: Gently = False,
    publish: Publish = None,
    discard: Discard = None,
    events: Events = None,
    out: Out = None,
    engine: EngineName = None,
    master: Master = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Compute the indicators and rankings of all creators.

    Readers see the previous run until this one is complete. A run whose inputs or scores differ from the current one's by more than
    CREATORGRAPH_DRIFT_LIMIT waits until it is published with --publish or removed with --discard.
    Exit code 0: published, removed, written, or waiting; 1: nothing was; 2: wrong usage.
    """
    if events is not None:
        if out is None or publish or discard or gently or as_of is not None or keep is not None:
            raise typer.BadParameter("--events needs --out, and cannot be combined with --as-of, --retain, --gently, --publish, --discard")
        _tell_folder(score_events(events, out, engine_of(engine, master), overwrite=overwrite), as_json=as_json)
        return
    if out is not None or engine is not None or master is not None or overwrite:
        raise typer.BadParameter("--out, --engine, --master and --overwrite are for --events")
    if publish or discard:
        if (publish and discard) or as_of is not None:
            raise typer.BadParameter("--publish and --discard cannot be combined with each other or with --as-of")
        typer.echo(asyncio.run(_decided(settings.load(), publish or discard or "", publishes=publish is not None)))
        return
    until = None if as_of is None else seconds(as_of)
    outcome = _scored(settings.load(), Order.of_command(until, gently=gently), keep)
    if as_json:
        sys.stdout.write(orjson.dumps(asdict(outcome), option=orjson.OPT_INDENT_2).decode() + "\n")
    else:
        typer.echo(summary(outcome))


def score_events(events: Path, out: Path, engine: Engine, *, overwrite: bool) -> FolderOutcome:
    """Score a folder of event tables, showing the phases."""
    with _progress() as tell:
        return score_folder(events.absolute(), out.absolute(), tell=tell, engine=engine, overwrite=overwrite)


def engine_of(name: str | None, master: str | None) -> Engine:
    """Return the engine of a name; only spark has a master."""
    if name == "spark" and master:
        return Spark(master)
    if name in (None, "local") and not master:
        return LOCAL
    raise typer.BadParameter(
        "--engine spark needs --master, such as sc://localhost:15002, and no other engine has one"
        if name in (None, "local", "spark")
        else f"{name!r} is not an engine; use local or spark"
    )


def _scored(loaded: settings.Settings, order: Order, keep: int | None) -> Outcome:
    with asyncio.Runner() as runner:
        try:
            with traces():
                return runner.run(_run(loaded, order, keep))
        except ScoringCancelled as cancelled:
            typer.echo(f"creatorgraph: {cancelled.message}", err=True)
            leave(1)  # without waiting for threads that still compute what nobody wants any more


async def _run(loaded: settings.Settings, order: Order, keep: int | None) -> Outcome:
    with download_bar() as downloading:
        async with database(loaded, progress=downloading) as driver:
            await migrate(driver, indicators=[camel(name) for name in NAMES], database=loaded.neo4j_database)
            with _progress() as tell:
                return await score(
                    driver,
                    as_of=order.as_of,
                    kept=keep or loaded.keep_runs,
                    database=loaded.neo4j_database,
                    tell=tell,
                    signer=Signer.of(loaded.home),
                    drift_limit=loaded.drift_limit,
                    order=order,
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


def _tell_folder(outcome: FolderOutcome, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(orjson.dumps(asdict(outcome), option=orjson.OPT_INDENT_2).decode() + "\n")
        return
    typer.echo(f"{outcome.path}: {outcome.creators:,} creators, {outcome.scorecards:,} scorecards.")
    typer.echo("\n".join([_dated(outcome), f"{_took(outcome.seconds)}.", *_silent(outcome.reasons)]))


def _dated(outcome: Outcome | FolderOutcome) -> str:
    return f"As of {iso_time(outcome.as_of)}; the windows end with {iso_day(outcome.until - 1)}, formula {outcome.formula_version}."


def _took(seconds: Mapping[str, float]) -> str:
    return ", ".join(f"{PHASES[name]} {spent:.1f} s" for name, spent in seconds.items() if spent >= 0.05)


def _silent(reasons: Mapping[str, dict[str, int]]) -> list[str]:
    """Return why there is no score, a line for each indicator of which that can be said."""
    lines = [f"  {name}: {_reasons(found)}" for name, found in reasons.items() if found]
    return ["Without a score, over all windows:", *lines] if lines else []


def summary(outcome: Outcome) -> str:
    """Return what a run has made, in a few lines."""
    stands = "waits" if outcome.held else "is current"
    lines = [
        f"Run {outcome.run} {stands}: {outcome.creators:,} creators, {outcome.scorecards:,} scorecards, {outcome.ties:,} ties to brands.",
        _dated(outcome),
        f"{_took(outcome.seconds)}; {outcome.scorecards / max(outcome.seconds['store'], 1e-9):,.0f} scorecards/s stored.",
    ]
    return "\n".join([*lines, *_drift(outcome), *_silent(outcome.reasons)])


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
