"""Whether recommended creators sell: held against what was planted in a simulated market, in the weeks after the scoring run."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import platformdirs
from numpy.typing import NDArray

from api.access.table import visibility
from api.access.viewer import Role, Viewer
from api.features.briefs.brief import Wanted
from api.features.recommendations.pool import PoolCache, pool
from api.features.recommendations.seeker import Seeker, recommended
from api.runs.scoring_run import score
from bench.figures import Figure, Report
from bench.filling import fill
from graph.connection import open_driver
from graph.recommendations.reading import Reading
from graph.runs import CurrentRun
from graph.server import PrivateServer
from simulation import Market
from simulation import market as simulated
from simulation.catalogue import TREE
from simulation.parameters import LIVE_LIFT, VIEWS_TO_ORDERS

CREATORS: Final = 2_000
SEED: Final = 2
"""The weights were chosen on the market of seed 1."""
FIRST: Final = 20
HELD_OUT_DAYS: Final = 28
DAY: Final = 86_400
LEAST_ACTIVE: Final = 2 * FIRST
METHOD: Final = f"""A simulated market of {CREATORS:,} creators, scored as of {HELD_OUT_DAYS} days before its end. For each region and top
category with {LEAST_ACTIVE} active creators or more, the {FIRST} that a brief for sales recommends; others choose {FIRST} among the same
creators by a plain figure. What they are worth is what a post of theirs brings in the {HELD_OUT_DAYS} days held out: the orders that
the market's own formula expects of it for a typical product, given its views and the creator's planted ability, which the product never
reads; creators who do not post bring nothing. It is told against the best {FIRST} that a seer of the future would choose. The weights
were chosen on another market than this one. What is claimed is claimed of the simulation alone."""

Floats = NDArray[np.float64]


class Case(NamedTuple):
    """One region and category: the creators chosen by each way of choosing."""

    chosen: dict[str, list[str]]


class Answers(NamedTuple):
    """All cases, and seconds of the first answer of all and of the later ones."""

    cases: list[Case]
    first: float
    later: list[float]


def report(seed: int = SEED) -> Report:
    """Make the market, score it as of a while before its end, recommend, and look at what came."""
    made = simulated(seed, creators=CREATORS)
    with tempfile.TemporaryDirectory() as home:
        server = PrivateServer(Path(home) / "neo4j", cache=platformdirs.user_cache_path("creatorgraph"))
        fill(server, made)
        with server:
            found = asyncio.run(_answers(server.uri, server.auth, made))
    worth = _worth(made)
    ways = list(found.cases[0].chosen)
    mean = {way: float(np.mean([_mean(worth, case.chosen[way]) for case in found.cases])) for way in ways}
    best = float(np.mean([_best(worth, case.chosen["everyone"]) for case in found.cases]))
    rivals = {way: mean[way] for way in ways if way.startswith("by ")}
    return Report(
        "Whom a brief for sales recommends",
        METHOD,
        (
            Figure("regions and categories", len(found.cases), ""),
            Figure("recommended, of the best possible", 100 * mean["recommended"] / best, "%"),
            *(Figure(f"{way}, of the best possible", 100 * value / best, "%") for way, value in rivals.items()),
            Figure("any active creator, of the best possible", 100 * mean["everyone"] / best, "%"),
            Figure("recommended over the best of these", mean["recommended"] / max(rivals.values()), "×", at_least=1.1),
            Figure("a first answer, nothing kept", 1_000 * found.first, "ms"),
            Figure("a later answer, median", 1_000 * float(np.median(found.later)), "ms"),
        ),
    )


async def _answers(uri: str, auth: tuple[str, str], made: Market) -> Answers:
    async with open_driver(uri, auth=auth) as driver:
        await score(driver, as_of=made.world.period.end - HELD_OUT_DAYS * DAY)
        async with CurrentRun(driver) as run:
            assert run.run is not None
            reading = Reading(driver, "neo4j", 60, visibility(Viewer("", "", Role.ANALYST)))
            seeker = Seeker(reading, run.run, PoolCache(), run.data_version)
            cases: list[Case] = []
            seconds: list[float] = []
            for category in _tops(made):
                for region in [each.code for each in made.world.regions]:
                    start = time.perf_counter()
                    answer = await recommended(seeker, Wanted(category_id=category, regions=(region,)), first=FIRST)
                    seconds.append(time.perf_counter() - start)
                    case = await _case(seeker, category, region, [each.creator.own_id for each in answer.candidates if each.creator])
                    cases += [case] if len(case.chosen["everyone"]) >= LEAST_ACTIVE else []
    return Answers(cases, seconds[0], seconds[1:])


async def _case(seeker: Seeker, category: str, region: str, found: list[str]) -> Case:
    """Choose by plain figures among the creators who sell in the region and are active in the category."""
    of = await pool(seeker.reading, seeker.run, seeker.kept, version=seeker.version, categories=[category])
    among = np.flatnonzero(of.active & (np.array(of.creators.region) == region))
    gmv = np.nan_to_num(of.gmv_usd)
    figures = {
        "by followers": np.nan_to_num(of.creators.followers),
        "by raw GMV in the past": gmv,
        "by raw GMV a post in the past": gmv / np.maximum(of.posts, 1.0),
        "by salesAbility alone": np.nan_to_num(of.local.value[:, seeker.run.names.index("salesAbility")]),
    }
    ids = np.array(of.creators.id)
    chosen = {way: ids[among[np.argsort(-figure[among], kind="stable")[:FIRST]]].tolist() for way, figure in figures.items()}
    return Case({"recommended": found, **chosen, "everyone": ids[among].tolist()})


def _worth(made: Market) -> dict[str, float]:
    """Return the orders that a post of each creator in the days held out may be expected to bring for a typical product."""
    posts, people = made.world.posts, made.world.people
    late = posts.at >= made.world.period.end - HELD_OUT_DAYS * DAY
    creator = posts.creator[late]
    views = np.maximum(posts.views[late], 1)
    orders = np.exp(VIEWS_TO_ORDERS * np.log(views / 1_000) + LIVE_LIFT * posts.live[late] + people.ability[creator])
    count = np.bincount(creator, minlength=len(people))
    mean = np.bincount(creator, weights=orders, minlength=len(people)) / np.maximum(count, 1)
    return dict(zip(people.id.tolist(), mean.tolist(), strict=True))


def _tops(made: Market) -> list[str]:
    """Return the ids of the top categories."""
    table: Any = made["categories"]
    named = dict(zip(table["name"].to_pylist(), table["id"].to_pylist(), strict=True))
    return [named[name] for name in TREE]


def _mean(worth: dict[str, float], creators: Sequence[str]) -> float:
    return float(np.mean([worth[each] for each in creators])) if creators else 0.0


def _best(worth: dict[str, float], creators: Sequence[str]) -> float:
    return float(np.mean(sorted((worth[each] for each in creators), reverse=True)[:FIRST]))
