"""What the scores find of the traits that were planted in a simulated market, beside plain figures."""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import platformdirs
from numpy.typing import NDArray
from scipy.stats import spearmanr

from api.runs.outward import outward
from api.runs.scorecards import fact_names, scored
from bench.figures import Figure, Report
from bench.filling import fill
from graph.connection import open_driver
from graph.events import event_tables, latest
from graph.reader import Reader
from graph.runs import Cards
from graph.server import PrivateServer
from scoring import FORMULA, camel
from scoring.facts import Period, market
from simulation import market as simulated

CREATORS: Final = 2_000
METHOD: Final = f"""A simulated market of {CREATORS:,} creators, scored over 90 days. Spearman's rank correlation of each score with
the trait that was planted (the product never reads the traits), among the creators who have a score. A raw figure of the same
creators stands beside it. What is claimed of sales is claimed of the simulation. Brands and partners see scores that are computed from
published ranges and open facts, with nobody's consent here: what that costs is the difference, and CPU seconds."""

Floats = NDArray[np.float64]


def report() -> Report:
    """Make the market, score it, and compare the scores with what was planted."""
    made = simulated(1, creators=CREATORS)
    with tempfile.TemporaryDirectory() as home:
        server = PrivateServer(Path(home) / "neo4j", cache=platformdirs.user_cache_path("creatorgraph"))
        fill(server, made)
        with server:
            inner, out = asyncio.run(_scored(server.uri, server.auth))
    scores, facts, truth = inner.scores, inner.facts, _truth(made.truth["truth_creators"], inner.creators)
    told = _truth(made.truth["truth_creators"], out.creators)
    able = ~np.isnan(scores["salesAbility"])
    raw = _ratio(facts["video_gmv_usd"] + facts["live_gmv_usd"], facts["video_views"] + facts["live_views"])
    net = _correlation(scores["salesAbility"], truth["ability"])
    plain = _correlation(np.where(able, raw, np.nan), truth["ability"])
    figures = (
        Figure("salesAbility with ability to sell", net, "", at_least=0.55),
        Figure("raw GMV per 1,000 views with ability to sell", plain, ""),
        Figure("the first over the second", net / plain, "×", at_least=1.1),
        *(Figure(f"{name} with {trait}", _correlation(scores[name], truth[trait]), "", at_least=least) for name, trait, least in PLANTED),
        *(
            Figure(f"{name} with {trait}, as brands and partners see it", _correlation(out.scores[name], told[trait]), "")
            for name, trait, _ in (("salesAbility", "ability", 0.0), *PLANTED)
        ),
        Figure("outward scorecards over all others", out.scorecards / inner.scorecards, "×"),
        Figure("CPU time of outward scores over that of all others", out.seconds / inner.seconds, "×", at_most=1.0),
    )
    return Report("What the scores find", METHOD, figures)


PLANTED: Final = (
    ("cooperation", "reliability", 0.4),
    ("diligence", "diligence", 0.6),
    ("contentVolume", "volume", 0.6),
    ("contentSuccess", "quality", 0.5),
    ("consistency", "regularity", 0.5),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """Scores and facts of creators over everything in 90 days, by name; how many scorecards there are, and the CPU seconds they took."""

    creators: list[str]
    scores: dict[str, Floats]
    facts: dict[str, Floats]
    scorecards: int
    seconds: float

    @classmethod
    def of(cls, cards: Cards, seconds: float) -> Seen:
        """Return what an audience's scorecards say."""
        chosen = (cards.window == 90) & (cards.category == "*")
        scores = {camel(name): cards.value[chosen, at] for at, name in enumerate(FORMULA.names)}
        facts = {name: cards.facts[chosen, at] for at, name in enumerate(fact_names())}
        return cls(cards.creator[chosen].tolist(), scores, facts, len(cards), seconds)


async def _scored(uri: str, auth: tuple[str, str]) -> tuple[Seen, Seen]:
    """Return what analysts see, and what brands and partners do."""
    async with open_driver(uri, auth=auth) as driver:
        reader = Reader(driver)
        period = Period(await latest(reader) or 0)
        tables = await event_tables(reader, period)
    start = time.process_time()
    inner = scored(market(tables, period)).cards
    between = time.process_time()
    out = outward(tables, period, frozenset()).cards
    return Seen.of(inner, between - start), Seen.of(out, time.process_time() - between)


def _truth(planted: Any, creators: list[str]) -> dict[str, Floats]:
    place = {creator: at for at, creator in enumerate(planted["creator_id"].to_pylist())}
    order = [place[creator] for creator in creators]
    names = {"ability"} | {trait for _, trait, _ in PLANTED}
    return {name: planted[name].to_numpy()[order] for name in names}


def _ratio(above: Floats, below: Floats) -> Floats:
    return above / np.maximum(below, 1.0)


def _correlation(score: Floats, trait: Floats) -> float:
    known = ~np.isnan(score) & ~np.isnan(trait)
    statistic, _ = np.asarray(spearmanr(score[known], trait[known]))
    return float(statistic)
