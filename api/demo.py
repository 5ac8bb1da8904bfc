"""The demo market: made once, where the graph is empty, scored, with a key for each role to try it with."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import typer
from neo4j import AsyncDriver

from api.access.demo import FILE, demo_keys
from api.access.grants import Grant
from api.access.viewer import Role
from api.database import FOLDER, private_server
from api.errors import ApiError
from api.proof.signing import Signer
from api.scoring_run import score
from api.settings import Settings
from graph.counts import counts
from graph.load import load
from graph.load.offline import bulk_load
from graph.rows import Reject
from graph.runs import CurrentRun
from graph.server.jars import Progress
from graph.showcase import Showcase, showcase
from graph.sources import read
from simulation import market
from simulation.writing import write_tables

BEGUN: Final = "demo-market-begun"
QUESTION: Final = "{ ranking(first: 5) { edges { rank node { handle region } score { value low high } } } }"


class DemoBroken(ApiError):
    """The simulated market does not keep to the import contract."""


def fill_unstarted(settings: Settings, *, progress: Progress | None = None) -> None:
    """Put the market into a private database that was never started, by the offline importer; elsewhere do nothing.

    What is killed here leaves an empty database, which `prepare` fills.
    """
    if settings.neo4j_uri is None and not (settings.home / FOLDER).exists():
        with _written(settings.demo_creators) as folder:
            bulk_load(private_server(settings, progress=progress), read(folder), rejected=_refuse)


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
            await score(
                driver, database=database, kept=settings.keep_runs, signer=Signer.of(settings.home), drift_limit=settings.drift_limit
            )
            await current.refresh()
        shown = await showcase(driver, current.id or "", database=database)
    return _welcome(settings.home, url, demo_keys(settings.home, _grants(shown)))


async def _fill(driver: AsyncDriver, creators: int, *, database: str) -> None:
    with _written(creators) as folder:
        await load(driver, read(folder), database=database)


@contextmanager
def _written(creators: int) -> Generator[Path]:
    with tempfile.TemporaryDirectory(prefix="creatorgraph-") as folder:
        _say(f"Simulating a market of {creators:,} creators …")
        made = market(1, creators=creators)
        write_tables(made.tables, Path(folder))
        _say(f"Importing {sum(table.num_rows for table in made.tables.values()):,} rows …")
        yield Path(folder)


def _refuse(reject: Reject) -> None:
    raise DemoBroken(f"{reject.where.file} {reject.where.record}: the demo market breaks the rule «{reject.rule}»; please report that")


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
