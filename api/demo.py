"""The demo market: made once, where the graph is empty, scored, with a key for each role to try it with."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import typer
from neo4j import AsyncDriver

from api.access.demo import FILE, demo_keys
from api.access.grants import Grant
from api.access.viewer import Role
from api.errors import ApiError
from api.scoring_run import score
from api.settings import Settings
from graph.counts import counts
from graph.load import load
from graph.runs import CurrentRun
from graph.showcase import Showcase, showcase
from graph.sources import read
from graph.sources.simulated import market
from graph.sources.simulated.writing import write_tables

BEGUN: Final = "demo-market-begun"
QUESTION: Final = "{ ranking(first: 5) { edges { rank node { handle region } score { value low high } } } }"

Say = Callable[[str], None]


class NothingToShow(ApiError):
    """The graph has creators but none of them can be shown."""


async def prepare(settings: Settings, driver: AsyncDriver, url: str) -> str:
    """Make what is missing of the demo, and return what to tell the newcomer.

    The market is only made in an empty graph; one whose making was interrupted is completed.
    """
    database = settings.neo4j_database
    begun = settings.home / BEGUN
    if begun.exists() or not any((await counts(driver, database=database)).values()):
        begun.touch(mode=0o600)
        await _fill(driver, settings.demo_creators, database=database)
        begun.unlink()
    async with CurrentRun(driver, database=database) as current:
        if current.id is None:
            _say("Scoring …")
            await score(driver, database=database, kept=settings.keep_runs)
            await current.refresh()
        shown = await showcase(driver, current.id or "", database=database)
    return _welcome(settings.home, url, demo_keys(settings.home, _grants(shown)))


async def _fill(driver: AsyncDriver, creators: int, *, database: str) -> None:
    with tempfile.TemporaryDirectory(prefix="creatorgraph-") as folder:
        _say(f"Simulating a market of {creators:,} creators …")
        made = await asyncio.to_thread(market, 1, creators=creators)
        await asyncio.to_thread(write_tables, made.tables, Path(folder))
        _say(f"Importing {sum(table.num_rows for table in made.tables.values()):,} rows …")
        await load(driver, read(Path(folder)), database=database)


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


def _welcome(home: Path, url: str, keys: dict[Role, str]) -> str:
    lines = [f"  {role:<8} {key}" for role, key in keys.items()]
    return "\n".join(
        [
            "",
            f"Start page   {url}/",
            f"GraphQL IDE  {url}/graphiql",
            f"All is kept in {home}; the keys, one for each role, in {home / FILE}:",
            *lines,
            "",
            "Try it:",
            _curl(url, keys[Role.ANALYST]),
            "",
        ]
    )


def _curl(url: str, key: str) -> str:
    body = f'{{"query": "{QUESTION}"}}'
    return f"curl -s {url}/graphql -H 'Authorization: Bearer {key}' -H 'Content-Type: application/json' -d '{body}'"


def _say(words: str) -> None:
    typer.echo(words, err=True)
