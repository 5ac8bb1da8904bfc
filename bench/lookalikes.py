"""Lookalikes: do they find hidden collaborations and planted communities, how fast are they served, and what do they add to a run?"""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any, Final

import numpy as np
import platformdirs
from neo4j import AsyncDriver
from numpy.typing import NDArray

from api.features.lookalikes.embeddings import vectors
from api.runs.inputs import read_beside, read_market
from api.runs.scoring_run import score
from bench import hidden_ties
from bench.figures import Figure, Report
from bench.filling import fill
from bench.hidden_ties import Hidden, hide, recall
from bench.lookalikes_served import served
from graph.connection import open_driver
from graph.events import latest
from graph.reader import Reader
from graph.runs import Vectors
from graph.server import PrivateServer
from graph.similarity.people import Beside
from scoring.facts import Period, Ties, ties
from scoring.similarity import sought
from simulation import market as simulated

CREATORS: Final = 2_000
SEEDS: Final = (2, 3)
"""Markets other than the one on which the weights were tuned, which is the first."""

SHARE: Final = 0.2
METHOD: Final = f"""Simulated markets of {CREATORS:,} creators (seeds {SEEDS[0]} and {SEEDS[1]}; the weights were tuned on seed 1); means.
Of the pairs of creator and brand with an accepted collaboration, {SHARE:.0%} drawn at random are hidden with all that ties the two: the
tie, what the one has shown and sold of the other. For each brand all creators of its regions without a tie to it are ranked, and
recall@50 is the share of the hidden pairs among the first 50. Ours ranks as `brand.lookalikes` does. Popularity is a creator's number of
brands; common neighbours and Jaccard stand on the network of creators and brands, as usual, summed over the brand's creators. The
same two are also given every kind of tie that ours stands on, mentions, products and categories among them. What could be
known at best is shown by a count of ties within the planted communities, which nobody but the simulation knows. Groups are compared with
the planted communities by normalised mutual information, beside the creator's region and the category shown most.

{{served}}"""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Read:
    """What a run reads of one market, the planted communities in the order of its creators, and the share of a run that likeness takes."""

    found: Any
    tied: Ties
    known: Beside
    community: NDArray[np.int64]
    share: float


def report() -> Report:
    """Judge on markets, then serve 20,000 creators."""
    markets = [_read(seed, scored=seed == SEEDS[0]) for seed in SEEDS]
    judged = [_judged(read) for read in markets]
    figures = {name: mean(each[name] for each in judged) for name in judged[0]}
    method, latency = served()
    share = Figure(f"share of a scoring run of {CREATORS:,} creators", markets[0].share, "", at_most=0.2)
    return Report("Lookalikes", METHOD.format(served=method), (*_figures(figures), *latency, share))


def _figures(of: dict[str, float]) -> tuple[Figure, ...]:
    usual, given = ("popularity", "common neighbours", "Jaccard"), ("common neighbours of all ties", "Jaccard of all ties")
    return (
        *(Figure(f"recall@50, {name}", of[name], "") for name in ("lookalikes", *usual, *given, "planted communities")),
        Figure("lookalikes over the best of the usual three", of["lookalikes"] / max(of[name] for name in usual), "×", at_least=1.3),
        Figure("lookalikes over the better of the two on all ties", of["lookalikes"] / max(of[name] for name in given), "×", at_least=1),
        Figure("lookalikes over planted communities", of["lookalikes"] / of["planted communities"], "×"),
        Figure("mutual information of groups and planted communities", of["groups"], "", at_least=0.8),
        Figure("the same of region and category", of["region and category"], ""),
    )


def _judged(read: Read) -> dict[str, float]:
    left = hide(read.found, read.tied, read.known, share=SHARE, seed=0)
    made = vectors(left.market, left.ties, left.beside)
    usual, given = hidden_ties.in_collaborations(left), hidden_ties.in_all_ties(left)
    scores = {
        "lookalikes": _lookalikes(left, made),
        "popularity": hidden_ties.by_number(left),
        "common neighbours": usual[0],
        "Jaccard": usual[1],
        "common neighbours of all ties": given[0],
        "Jaccard of all ties": given[1],
        "planted communities": hidden_ties.of_communities(left, read.community),
    }
    plain = _region_and_category(left)
    groups = {"groups": made.groups + 1, "region and category": plain}
    informed = {name: hidden_ties.mutual_information(found, read.community) for name, found in groups.items()}
    return {**{name: recall(each, left) for name, each in scores.items()}, **informed}


def _lookalikes(left: Hidden, made: Vectors) -> Floats:
    """Return the likeness of every creator to every brand's own, as `brand.lookalikes` ranks them."""
    rows, brands = made.rows["Creator"], made.rows["Brand"]
    creator = np.searchsorted(made.ids["Creator"], left.ties.creator)
    brand = np.searchsorted(made.ids["Brand"], left.ties.brand)
    times, gmv = left.ties.times.astype(np.float64), left.ties.gmv_usd
    found = np.zeros((len(rows), len(brands)))
    for at, own in enumerate(brands):
        mine = brand == at
        found[:, at] = rows @ sought(own, rows[creator[mine]], times=times[mine], gmv_usd=gmv[mine])
    return found


def _region_and_category(left: Hidden) -> NDArray[np.int64]:
    """Return a number for each creator's region and, of all categories, the one of which most was shown."""
    goods, features = left.market.catalogue, left.market.features
    place, category = goods.spread(features.product)
    chosen = category != goods.everything
    counts = np.zeros((len(left.market.creators.id), len(goods.category)))
    np.add.at(counts, (left.market.posts.creator[features.post[place[chosen]]], category[chosen]), 1.0)
    region = np.unique(left.market.creators.region, return_inverse=True)[1]
    return np.unique(region * len(goods.category) + counts.argmax(axis=1), return_inverse=True)[1].astype(np.int64)


def _read(seed: int, *, scored: bool) -> Read:
    made = simulated(seed, creators=CREATORS)
    planted = made.truth["truth_creators"]
    community = dict(zip(planted["creator_id"].to_pylist(), planted["community"].to_pylist(), strict=True))
    with tempfile.TemporaryDirectory() as home:
        server = PrivateServer(Path(home) / "neo4j", cache=platformdirs.user_cache_path("creatorgraph"))
        fill(server, made)
        with server:
            return asyncio.run(_from_graph(server, community, scored=scored))


async def _from_graph(server: PrivateServer, community: dict[str, int], *, scored: bool) -> Read:
    async with open_driver(server.uri, auth=server.auth) as driver:
        reader = Reader(driver)
        found = await read_market(reader, Period(await latest(reader) or 0))
        tied = ties(found)
        start = time.perf_counter()
        known = await read_beside(reader, found)
        share = await _share_of_a_run(driver, time.perf_counter() - start) if scored else float("nan")
    return Read(found, tied, known, np.array([community[each] for each in found.creators.id.tolist()]), share)


async def _share_of_a_run(driver: AsyncDriver, reading: float) -> float:
    """Return the share of a scoring run that reading for likeness, likening and storing take; storing as long as a copy of its chunks."""
    outcome = await score(driver)
    start = time.perf_counter()
    await driver.execute_query("MATCH (v:Vectors) CREATE (copy:Copied) SET copy = v", database_="neo4j")
    return (reading + outcome.seconds["liken"] + time.perf_counter() - start) / sum(outcome.seconds.values())
