"""`creatorgraph export`: the graph, a network, a query's result, scorecards or event tables as files."""

from __future__ import annotations

import asyncio
import re
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api.access.viewer import Role, Viewer
from api.commands.console import download_bar
from api.commands.dates import seconds
from api.commands.parameters import hints, parameters
from api.errors import ApiError, BadUserInput
from api.exports.order import Order, ordered
from api.exports.sizes import MEBIBYTE, estimate_of
from api.process.database import database
from api.settings import Settings, load
from graph.dates import iso_time
from graph.exports import FORMATS, Exported
from graph.exports.running import Tell
from graph.plans.errors import PlanError
from graph.wording import counted

if TYPE_CHECKING:
    from api.runs.event_folder import EventFolder

PART: Final = "--label Creator --label Brand"
OWNER: Final = Viewer("owner", "the owner at the terminal", Role.ADMIN)
OPTIONS: Final = {
    **{
        "brand": "BRAND",
        "creator": "CREATOR",
        "query": "FILE",
        "format": "--format",
        "labels": "--label",
        "regions": "--region",
        "categories": "--category",
    },
    **{"minWeight": "--min-weight", "parameters": "--param", "timeoutSeconds": "--timeout"},
    **{name: f"--{name}" for name in ("tables", "depth", "window", "first", "limit", "run", "facts", "manifest")},
}
"""What the options of an order are called here."""
IN_MESSAGES: Final = re.compile(rf"^(?:options\.)?({'|'.join(OPTIONS)})(?=\b[: ])|\boptions\.({'|'.join(OPTIONS)})\b")

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Write the graph, a network, a query's result, scorecards or event tables to files."
)

Out = Annotated[
    Path,
    typer.Option("--out", metavar="PATH", help="File to write; for several tables a folder, or a zip archive if it ends in .zip."),
]
Format = Annotated[str | None, typer.Option("--format", help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}; default: the path's extension.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace an existing file once the new one is complete.")]
Json = Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")]


@app.command("graph")
def graph(  # noqa: PLR0913 -- each option of a command is an argument
    out: Out,
    kind: Format = None,
    overwrite: Overwrite = False,
    tables: Annotated[bool, typer.Option("--tables", help="Write tables that `creatorgraph import` can read.")] = False,
    label: Annotated[
        list[str] | None, typer.Option(help="Only nodes with this label, and edges between the chosen labels; repeatable.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write the whole graph: every declared node and edge, with the ties of the current scoring run.

    For the network of who works with whom, choose `--label Creator --label Brand`: it is a small part of the whole.
    """
    options = {"tables": tables, "labels": label or None}
    _export(_ordered("graph", kind, out, options), out, overwrite=overwrite, as_json=as_json)


@app.command("network")
def network(  # noqa: PLR0913 -- each option of a command is an argument
    brand: Annotated[str, typer.Argument(help="The brand's id.")],
    out: Out,
    kind: Format = None,
    depth: Annotated[int, typer.Option(min=1, max=3, help="Distance from the brand.")] = 1,
    window: Annotated[int | None, typer.Option(help="Only ties active in the last 7, 28 or 90 days. Default: all.")] = None,
    first: Annotated[int, typer.Option(min=1, help="Maximum number of nodes besides the brand, heaviest first.")] = 100,
    min_weight: Annotated[float, typer.Option(min=0, help="Minimum weight of a tie.")] = 0.0,
    region: Annotated[list[str] | None, typer.Option(help="Only creators of this region; repeatable.")] = None,
    category: Annotated[list[str] | None, typer.Option(help="Only creators active in this category; repeatable.")] = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Write a brand's network: creators and brands around it, with positions and the colours of their communities."""
    options = {"brand": brand, "depth": depth, "window": window, "first": first, "minWeight": min_weight}
    options |= {"regions": region or None, "categories": category or None}
    _export(_ordered("network", kind, out, options), out, overwrite=overwrite, as_json=as_json)


@app.command("query")
def query(  # noqa: PLR0913 -- each option of a command is an argument
    file: Annotated[typer.FileText, typer.Argument(help="File with one query in Cypher, - for standard input.")],
    out: Out,
    kind: Format = None,
    param: Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE", help="A parameter, as JSON or text; repeatable.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Maximum number of rows. Default: CREATORGRAPH_STREAM_ROWS.")] = None,
    timeout: Annotated[int | None, typer.Option(min=1, help="Time limit in seconds. Default: CREATORGRAPH_CYPHER_SECONDS.")] = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Write a query's result: its rows, or for graphml and gexf the nodes and relationships in them. The query may only read."""
    values = parameters(param or ())
    options = {"query": file.read(), "parameters": values, "limit": limit, "timeoutSeconds": timeout}
    _export(_ordered("query", kind, out, options), out, overwrite=overwrite, as_json=as_json)
    for hint in hints(values):
        typer.echo(f"note: {hint}", err=True)


@app.command("scorecards")
def scorecards(  # noqa: PLR0913 -- each option of a command is an argument
    out: Out,
    kind: Format = None,
    run: Annotated[str | None, typer.Option(help="Scoring run (r000012). Default: the current one.")] = None,
    facts: Annotated[bool, typer.Option("--facts", help="Include the facts that the scores were computed from.")] = False,
    manifest: Annotated[
        bool,
        typer.Option(
            "--manifest",
            help="Include the run's signed manifest, the fit and the facts, so that `creatorgraph verify` can recompute every "
            "score; written as a folder or zip of parquet or jsonl.",
        ),
    ] = False,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Write all scorecards of a run, one per row, each score with its interval, percentile, rank, evidence and reason."""
    _export(
        _ordered("scorecards", kind, out, {"run": run, "facts": facts, "manifest": manifest}), out, overwrite=overwrite, as_json=as_json
    )


@app.command("creator")
def creator(
    creator: Annotated[str, typer.Argument(help="Own id of the creator.")],
    out: Out,
    kind: Format = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Write everything that is held about a creator, a table for each kind of thing; `about.json` says what each column is."""
    _export(_ordered("creator", kind or "jsonl", out, {"creator": creator}), out, overwrite=overwrite, as_json=as_json)


@app.command("events")
def events(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write.")],
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="Write what was known at this time, as `creatorgraph score --as-of` would read it. A date, or a date and time with an "
            "offset (UTC if none). Default: the latest time in the data, not the clock.",
        ),
    ] = None,
    parts: Annotated[int, typer.Option(min=1, max=4096, help="Number of parts; all rows of a creator are in one.")] = 8,
    overwrite: Annotated[
        bool,
        typer.Option("--overwrite", help="Replace a folder of event tables or scorecards, or an empty one, once the new one is complete."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Write the event tables that a scoring run would read, as Parquet, for `creatorgraph score --events`.

    They hold exact sales. Creators who object to being rated are not in them; delete the folder when somebody
    objects or is erased later.
    """
    until, began = None if as_of is None else seconds(as_of), time.perf_counter()
    folder = asyncio.run(_events(load(), out.absolute(), until, parts, overwrite))
    told = {"path": str(out), "asOf": folder.period.as_of, "parts": folder.parts, "rows": folder.rows, "bytes": folder.bytes}
    spent = time.perf_counter() - began
    if as_json:
        sys.stdout.write(orjson.dumps({**told, "seconds": round(spent, 2)}, option=orjson.OPT_INDENT_2).decode() + "\n")
        return
    total = counted(sum(folder.rows.values()), "row")
    typer.echo(f"{out}: {total} in {counted(folder.parts, 'part')}, {folder.bytes / MEBIBYTE:,.1f} MiB, {spent:.1f} s")
    typer.echo(f"as of {iso_time(folder.period.as_of)}")


async def _events(settings: Settings, out: Path, as_of: int | None, parts: int, overwrite: bool) -> EventFolder:
    # Imported late: Arrow and NumPy take a second that a mistyped option should not wait for.
    from api.runs.event_export import export_events
    from graph.migrations import migrate
    from scoring import NAMES, camel

    name = settings.neo4j_database
    with download_bar() as downloading:
        async with database(settings, progress=downloading) as driver:
            await migrate(driver, indicators=[camel(each) for each in NAMES], database=name)
            return await export_events(
                driver, out, as_of=as_of, parts=parts, overwrite=overwrite, database=name, waiting=lambda what: typer.echo(what, err=True)
            )


def _ordered(what: str, kind: str | None, out: Path, options: Mapping[str, Any]) -> Order:
    given = kind or out.suffix.removeprefix(".")
    if given not in FORMATS:
        raise BadUserInput(f"{given or str(out)!r} is not a format; use --format with one of {', '.join(FORMATS)}")
    chosen = {name: value for name, value in options.items() if value not in (None, False)}
    with _named_as_here():
        return ordered({"what": what, "format": given, "options": chosen})


@contextmanager
def _named_as_here() -> Generator[None]:
    """Let messages about an order name the command's options instead of the API's."""
    try:
        yield
    except (ApiError, PlanError) as error:
        told = IN_MESSAGES.sub(lambda found: OPTIONS[found[1] or found[2]], str(error))
        if told == str(error):
            raise
        raise BadUserInput(told) from error


def _export(order: Order, out: Path, *, overwrite: bool, as_json: bool) -> None:
    began = time.perf_counter()
    with _named_as_here():
        done, facts = asyncio.run(_made(load(), order, out, overwrite))
    seconds = time.perf_counter() - began
    if as_json:
        told = {"path": str(out), "format": order.format, "rows": done.rows, "bytes": done.bytes, "seconds": round(seconds, 2), **facts}
        sys.stdout.write(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode() + "\n")
        return
    known = "".join(f"\n{name}: {fact}" for name, fact in facts.items())
    typer.echo(f"{out}: {counted(done.total, 'row')}, {done.bytes / MEBIBYTE:,.1f} MiB, {seconds:.1f} s{known}")


async def _made(settings: Settings, order: Order, out: Path, overwrite: bool) -> tuple[Exported, Mapping[str, str | int]]:
    # Imported late: what a network needs takes a second that a mistyped option should not wait for.
    from api.exports.sources import reading_of, source_of
    from api.process.state import opened
    from graph.exports import export

    with download_bar() as downloading:
        async with (
            database(settings, progress=downloading) as driver,
            opened(settings, driver) as state,
            source_of(order, OWNER, state) as source,
        ):
            estimate = await estimate_of(order, reading_of(state))
            if estimate is not None and (notice := estimate.notice(PART)):
                typer.echo(notice, err=True)
            with _progress() as tell:
                done = await export(source, out.absolute(), order.format, overwrite=overwrite, tell=tell)
            return done, source.facts


@contextmanager
def _progress() -> Generator[Tell]:
    """Give a function that shows how many rows are written: a bar on a terminal, nothing elsewhere."""
    columns = (TextColumn("exporting"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bars:
        task = bars.add_task("", total=None)

        def tell(done: int, total: int) -> None:
            bars.update(task, completed=done, total=max(done, total))

        yield tell
