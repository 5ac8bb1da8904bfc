"""The demo market: made once, where the graph is empty, scored, with a key for each role to try it with."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import typer
from neo4j import AsyncDriver

from api.access.demo import FILE, demo_keys
from api.access.grants import Grant
from api.access.keys import key_id
from api.access.sessions import Sessions, sign_in
from api.access.viewer import Role
from api.errors import ApiError
from api.process.database import FOLDER, private_server
from api.process.startup import Tell
from api.proof.signing import Signer
from api.runs.phases import PHASES
from api.runs.scoring_run import score
from api.settings import Settings
from graph.counts import counts
from graph.dates import DAY
from graph.events import latest
from graph.load import Listener, load
from graph.load.faults import BulkRefused
from graph.load.offline import bulk_load
from graph.reader import Reader
from graph.rows import Item, Reject
from graph.runs import CurrentRun
from graph.showcase import Showcase, showcase
from graph.sources import read
from scoring import NAMES, camel
from simulation import market
from simulation.writing import write_tables

BEGUN: Final = "demo-market-begun"
UNSCORED: Final = "demo-market-unscored"
"""Stands while a market that was made here lacks a scoring run."""
DAYS_BEFORE: Final = 28
"""How much earlier the first run looks, so that a newcomer sees how scores move."""
FETCHING: Final = "fetching the database"
STARTING: Final = "starting the database"
IMPORTING: Final = "importing the demo market"
STORING: Final = "building the database"
ROWS_BETWEEN_NEWS: Final = 5_000
QUESTION: Final = "{ ranking(first: 5) { edges { rank node { handle region } score { value low high } } } }"


class DemoBroken(ApiError):
    """The simulated market does not keep to the import contract."""


def unstarted(settings: Settings) -> bool:
    """Tell whether a private database was never started, or its first filling was cut off."""
    return settings.neo4j_uri is None and (not (settings.home / FOLDER).exists() or (settings.home / BEGUN).exists())


def fill_unstarted(settings: Settings, *, tell: Tell | None = None) -> None:
    """Put the market into a private database that is `unstarted`, by the offline importer; elsewhere do nothing.

    What is killed here leaves an empty database, which the next call fills; one that holds part of the market is left to `prepare`.
    """
    if not unstarted(settings):
        return
    told = tell or _say_stage
    begun = _marked(settings)
    with _written(settings.demo_creators, told) as (folder, rows):
        told(STARTING, 0, 0)
        server = private_server(settings, progress=lambda done, total: told(FETCHING, done, total) if done < total else None)
        with suppress(BulkRefused):
            bulk_load(server, _counted(read(folder), rows, told), rejected=_refuse, indicators=[camel(name) for name in NAMES])
            begun.unlink()


async def complete(settings: Settings, driver: AsyncDriver) -> bool:
    """Tell whether the graph holds something, whole, that has been scored."""
    database = settings.neo4j_database
    if any((settings.home / mark).exists() for mark in (BEGUN, UNSCORED)) or not any((await counts(driver, database=database)).values()):
        return False
    async with CurrentRun(driver, database=database) as current:
        return current.goes_out


async def prepare(settings: Settings, driver: AsyncDriver, *, tell: Tell | None = None) -> None:
    """Make what is missing of the demo: the market in an empty graph, or the rest of one whose making was cut off, and its scoring runs."""
    database, told = settings.neo4j_database, tell or _say_stage
    if (settings.home / BEGUN).exists() or not any((await counts(driver, database=database)).values()):
        begun = _marked(settings)
        await _fill(driver, settings.demo_creators, told, database=database)
        begun.unlink()
    unscored = settings.home / UNSCORED
    async with CurrentRun(driver, database=database) as current:
        if unscored.exists() and not current.goes_out and (newest := await latest(Reader(driver, database))):
            await _score(settings, driver, told, as_of=newest - DAYS_BEFORE * DAY)
        if unscored.exists() or not current.goes_out:
            await _score(settings, driver, told)
    unscored.unlink(missing_ok=True)


async def _score(settings: Settings, driver: AsyncDriver, told: Tell, *, as_of: int | None = None) -> None:
    """Score and publish, whatever the demo's first runs say of drift: a month lies between them."""
    await score(
        driver,
        as_of=as_of,
        database=settings.neo4j_database,
        kept=settings.keep_runs,
        signer=Signer.of(settings.home),
        drift_limit=0,
        tell=lambda phase, done, total: told(f"scoring: {PHASES.get(phase, phase)}", done, total),
    )


def _marked(settings: Settings) -> Path:
    """Mark the market as begun and not scored yet; returns the mark to remove once it is whole."""
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    for mark in (UNSCORED, BEGUN):
        (settings.home / mark).touch(mode=0o600)
    return settings.home / BEGUN


async def welcome(settings: Settings, driver: AsyncDriver, url: str) -> str:
    """Return what to tell the newcomer: a key for each role where they have just been made, else where they are."""
    async with CurrentRun(driver, database=settings.neo4j_database) as current:
        found = await showcase(driver, current.id or "", database=settings.neo4j_database)
    before = demo_keys(settings.home)
    keys = demo_keys(settings.home, _grants(found))
    return _welcome(
        settings.home, url, {role: key for role, key in keys.items() if before.get(role) != key}, _links(settings.home, url, keys)
    )


async def _fill(driver: AsyncDriver, creators: int, tell: Tell, *, database: str) -> None:
    with _written(creators, tell) as (folder, rows):
        listener = Listener(progress=lambda tally: tell(IMPORTING, tally.total("read"), rows))
        await load(driver, read(folder), database=database, listener=listener)


def _counted(items: Iterable[Item], rows: int, tell: Tell) -> Iterator[Item]:
    """Yield the items, and tell now and then how many there were."""
    for index, item in enumerate(items):
        if index % ROWS_BETWEEN_NEWS == 0:
            tell(IMPORTING, index, rows)
        yield item
    tell(STORING, 0, 0)


@contextmanager
def _written(creators: int, tell: Tell) -> Generator[tuple[Path, int]]:
    """Yield a folder with a market's tables, and how many rows they have."""
    with tempfile.TemporaryDirectory(prefix="creatorgraph-") as folder:
        tell(f"simulating a market of {creators:,} creators", 0, 0)
        made = market(1, creators=creators)
        write_tables(made.tables, Path(folder))
        rows = sum(table.num_rows for table in made.tables.values())
        yield Path(folder), rows


def _refuse(reject: Reject) -> None:
    raise DemoBroken(f"{reject.where.file} {reject.where.record}: the demo market violates the rule «{reject.rule}»; please report that")


def _grants(shown: Showcase | None) -> list[Grant]:
    everyone = [Grant("demo admin", Role.ADMIN), Grant("demo analyst", Role.ANALYST)]
    if shown is None:
        return everyone
    regions, brands = (shown.region,), (shown.brand,)
    return [
        *everyone,
        Grant("demo partner", Role.PARTNER, regions=regions, brands=brands),
        Grant("demo brand", Role.BRAND, regions=regions, brands=brands),
        Grant("demo creator", Role.CREATOR, creator=shown.creator),
    ]


def _links(home: Path, url: str, keys: Mapping[Role, str]) -> dict[Role, str]:
    """Return where each role signs in with one click, once."""
    sessions = Sessions(home)
    try:
        return {role: sign_in(url, sessions.link(key_id(key) or "")) for role, key in keys.items()}
    finally:
        sessions.close()


def _welcome(home: Path, url: str, new: dict[Role, str], links: Mapping[Role, str]) -> str:
    file = home / FILE
    kept = f"Data is stored in {home}; access keys, one for each role, valid for 30 days, in {file}"
    told = [f"{kept}; shown this once:", *(f"  {role:<8} {key}" for role, key in new.items())] if new else [f"{kept}."]
    tried = ["", "Try it:", _curl(url, new[Role.ANALYST])] if Role.ANALYST in new else []
    doors = [f"Explorer     {url}/", f"GraphQL IDE  {url}/graphiql", "Each of these links signs in to the explorer once, within an hour:"]
    return "\n".join(["", *doors, *(f"  {role:<8} {link}" for role, link in links.items()), "", *told, *tried, ""])


def _curl(url: str, key: str) -> str:
    body = f'{{"query": "{QUESTION}"}}'
    return f"curl -s {url}/graphql -H 'Authorization: Bearer {key}' -H 'Content-Type: application/json' -d '{body}'"


def _say_stage(stage: str, done: int, _total: int) -> None:
    if not done:
        typer.echo(f"{stage} ...", err=True)
