"""Search among 200,000 creators: how often what is sought is among the first five, and how long an answer takes."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Final

from neo4j import AsyncDriver

from bench.figures import Figure, Report
from bench.reads import jars
from bench.search_names import LANGUAGES, REGIONS, WAYS, Name, Query, names, queries
from graph.connection import open_driver
from graph.load.offline import bulk_load
from graph.plans.visibility import Reach, Visibility
from graph.recommendations.reading import Reading
from graph.rows import Age, Reject, Row, Where
from graph.search.candidates import KINDS, Within
from graph.search.searching import search
from graph.search.similarity import Sought
from graph.server import Memory, PrivateServer

CREATORS: Final = 200_000
PRODUCTS: Final = 20_000
SYLLABLES: Final = (
    "ba",
    "de",
    "fi",
    "go",
    "ha",
    "ji",
    "ka",
    "lu",
    "me",
    "no",
    "pra",
    "qi",
    "ra",
    "shi",
    "ta",
    "un",
    "vo",
    "wen",
    "xi",
    "yan",
    "zo",
)
ASKED: Final = 100
FIRST: Final = 5
LEAST: Final[Mapping[str, float]] = {"th": 0.95, "vi": 0.95, "id": 0.95, "en": 0.95, "ja": 0.9, "zh": 0.9, "ar": 0.9}
SECONDS: Final = 30
MEMORY: Final = Memory(heap=1536, page_cache=1024)
LIMIT_MS: Final = 50
ALL: Final = Visibility(Reach.ALL, Reach.ALL, Reach.ALL, Reach.ALL, Reach.ALL)
METHOD: Final = f"""{CREATORS:,} creators with a handle and a name in one of seven languages, {PRODUCTS:,} products, all kinds
searched. Names and queries are of `bench/search_names.py`, which tells how they are made: {ASKED} names a language, each with one
typing error, in Latin letters, and in these with an error. Recall is the share of queries whose creator is among the first
{FIRST} of all kinds. Time is from text to ordered matches, in our process and the database, one at a time after {ASKED} to warm up."""


def report() -> Report:
    """Measure."""
    return asyncio.run(_report())


async def _report() -> Report:
    made = list(_made())
    sought = [query for language in LANGUAGES for query in queries([name for name, _ in made if name.language == language], ASKED)]
    ids = dict(made)
    with tempfile.TemporaryDirectory() as home:
        server = PrivateServer(Path(home) / "neo4j", jars(), MEMORY)
        await asyncio.to_thread(bulk_load, server, _rows(made), rejected=_refuse)
        with server:
            async with open_driver(server.uri, auth=server.auth) as driver:
                found, times = await _asked(driver, sought, ids)
    return Report("Search", METHOD, [*_recalls(sought, found), *_times(times)])


def _made() -> Iterator[tuple[Name, str]]:
    """Yield names with the ids of their creators."""
    for language in LANGUAGES:
        yield from ((name, f"{language}{place}") for place, name in enumerate(names(language, CREATORS // len(LANGUAGES))))


def _rows(made: Sequence[tuple[Name, str]]) -> Iterator[Row]:
    chance = random.Random("rows")
    for name, key in made:
        yield _row("creators", id=key, handle=f"{_handle(chance)}{key}", nickname=name.text, region=REGIONS[name.language])
    for number in range(CREATORS - len(made)):
        handle = f"{_handle(chance)}_{_handle(chance)}"
        yield _row("creators", id=f"x{number}", handle=handle, nickname=handle.title(), region=chance.choice(list(REGIONS.values())))
    for number in range(PRODUCTS):
        name, _ = chance.choice(made)
        yield _row("products", id=f"p{number}", title=f"{_handle(chance)} {name.text} {number}", region=REGIONS[name.language])


def _row(table: str, **values: object) -> Row:
    return Row(table, values, Age(1, "made", 0), Where("made", str(values["id"])), "")


def _handle(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=3))


async def _asked(driver: AsyncDriver, sought: Sequence[Query], ids: Mapping[Name, str]) -> tuple[list[bool], list[float]]:
    """Return for each query whether its creator is among the first, and the seconds that it took."""
    reading, found, times = Reading(driver, "neo4j", SECONDS, ALL), list[bool](), list[float]()
    for query in [*sought[:ASKED], *sought]:
        began = perf_counter()
        hits = await search(reading, Sought.of(query.text), KINDS, Within())
        times.append(perf_counter() - began)
        found.append(("Creator", ids[query.name]) in [(hit.candidate.kind, hit.candidate.id) for hit in hits[:FIRST]])
    return found[ASKED:], times[ASKED:]


def _recalls(sought: Sequence[Query], found: Sequence[bool]) -> Iterator[Figure]:
    by: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for query, each in zip(sought, found, strict=True):
        by[query.name.language, query.way].append(each)
    for (language, way), each in sorted(by.items(), key=lambda item: (LANGUAGES.index(item[0][0]), WAYS.index(item[0][1]))):
        yield Figure(f"recall@{FIRST}, {language}, {way}", sum(each) / len(each), "", at_least=LEAST[language])


def _times(times: Sequence[float]) -> Iterator[Figure]:
    yield Figure("half of the answers within", median(times) * 1000, "ms")
    yield Figure("95 % of the answers within", quantiles(times, n=20)[-1] * 1000, "ms", at_most=LIMIT_MS)


def _refuse(reject: Reject) -> None:
    raise RuntimeError(f"{reject.where.file} {reject.where.record}: {reject.rule}")
