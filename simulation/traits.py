"""The people of the market and what is planted in them; only what they do shows in the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from simulation.calendar import DAY, Period
from simulation.chance import Flags, Floats, Ints, Texts, sigmoid, stream
from simulation.parameters import (
    ABILITY_SPREAD,
    CONSENT,
    FOLLOWERS_MEDIAN,
    FOLLOWERS_MOST,
    FOLLOWERS_SPREAD,
    FOLLOWERS_TAIL_INDEX,
    FOLLOWERS_TAIL_SHARE,
    FOLLOWERS_TAIL_START,
    LATE_STARTERS,
    LIVE_SHARE,
    POSTS_PER_WEEK,
    POSTS_SPREAD,
    QUITTERS,
    SHOPPABLE_LOGIT,
    SHOPPABLE_SPREAD,
    UNLINKED,
)
from simulation.regimes import USUAL, Regime, shaped
from simulation.regions import Region
from simulation.words import handles

COMMUNITY_SIZE: Final = 40
ABILITY, TASTE, RELIABILITY, RESPONSIVENESS, DILIGENCE, CONSISTENCY, POPULARITY, VOLUME, QUALITY, BREADTH = range(10)
"""Rows of the standard normal traits."""
NUISANCES: Final = (TASTE, POPULARITY)
"""What no score is meant to measure; these stay normal in every regime."""


@dataclass(frozen=True, slots=True)
class People:
    """One entry a creator; `ability` in log conversion, the other traits standard normal, times in Unix seconds."""

    region: Ints
    community: Ints
    handle: Texts
    id: Texts
    linked: Flags
    ability: Floats
    taste: Floats
    """How much appealing products are preferred."""
    reliability: Floats
    responsiveness: Floats
    diligence: Floats
    consistency: Floats
    popularity: Floats
    """What draws followers; views follow `quality`, apart from the audience."""
    volume: Floats
    quality: Floats
    breadth: Floats
    followers: Ints
    posts_per_week: Floats
    shoppable_share: Floats
    live_share: Floats
    joined_at: Ints
    active_from: Ints
    active_to: Ints
    consent: Flags
    regularity: Floats

    def __len__(self) -> int:
        """Return how many creators there are."""
        return len(self.region)


def people(seed: int, regions: Sequence[Region], period: Period, *, creators: int, like: Regime = USUAL) -> People:
    """Return `creators` creators, spread over the regions by weight and over communities of taste within each."""
    rng = stream(seed, "people")
    region = _regions(rng, regions, creators)
    traits = _traits(stream(seed, "traits"), creators, like)
    joined, active_from, active_to = _careers(stream(seed, "careers"), period, creators)
    handle = handles(rng, creators)
    linked = rng.random(creators) >= UNLINKED
    return People(
        region=region,
        community=_communities(rng, region),
        handle=handle,
        id=_ids(region, regions, handle, linked),
        linked=linked,
        ability=traits[ABILITY] * ABILITY_SPREAD,
        taste=traits[TASTE],
        reliability=traits[RELIABILITY],
        responsiveness=traits[RESPONSIVENESS],
        diligence=traits[DILIGENCE],
        consistency=traits[CONSISTENCY],
        popularity=traits[POPULARITY],
        volume=traits[VOLUME],
        quality=traits[QUALITY],
        breadth=traits[BREADTH],
        followers=_followers(rng, traits[POPULARITY]),
        posts_per_week=POSTS_PER_WEEK * like.posts * np.exp(POSTS_SPREAD * traits[VOLUME]),
        shoppable_share=sigmoid(SHOPPABLE_LOGIT + SHOPPABLE_SPREAD * traits[DILIGENCE]),
        live_share=rng.beta(0.5, 0.5 / LIVE_SHARE - 0.5, creators),
        joined_at=joined,
        active_from=active_from,
        active_to=active_to,
        consent=rng.random(creators) < CONSENT,
        regularity=np.exp(0.6 + 0.8 * traits[CONSISTENCY]),
    )


def _regions(rng: np.random.Generator, regions: Sequence[Region], creators: int) -> Ints:
    weights: Floats = np.array([region.weight for region in regions], dtype=np.float64)
    bounds: Floats = np.cumsum(weights) / float(weights.sum()) * creators
    return rng.permutation(np.searchsorted(bounds, np.arange(creators) + 0.5)).astype(np.int64)


def _communities(rng: np.random.Generator, region: Ints) -> Ints:
    """Number the communities region by region, so that each lies within one."""
    community = np.empty(len(region), dtype=np.int64)
    first = 0
    for each in np.unique(region):
        here = np.flatnonzero(region == each)
        groups = max(1, round(len(here) / COMMUNITY_SIZE))
        community[here] = first + rng.integers(0, groups, len(here))
        first += groups
    return community


def _traits(rng: np.random.Generator, creators: int, like: Regime) -> Floats:
    """Return correlated draws of mean 0 and sd 1; summed term by term, since a matrix product may depend on the number of threads."""
    correlation = np.eye(BREADTH + 1)
    for a, b, value in (
        (ABILITY, TASTE, like.sorting),
        (RELIABILITY, RESPONSIVENESS, 0.35),
        (RELIABILITY, CONSISTENCY, 0.3),
        (DILIGENCE, VOLUME, 0.1),
        (ABILITY, QUALITY, 0.15),
        (BREADTH, VOLUME, 0.15),
    ):
        correlation[a, b] = correlation[b, a] = value
    factor, normal = np.linalg.cholesky(correlation), rng.standard_normal((BREADTH + 1, creators))
    drawn = sum((factor[:, trait, None] * normal[trait] for trait in range(BREADTH + 1)), np.zeros_like(normal))
    for trait in range(BREADTH + 1):
        drawn[trait] = drawn[trait] if trait in NUISANCES else shaped(drawn[trait], like.shape)
    return drawn


def _followers(rng: np.random.Generator, popularity: Floats) -> Ints:
    """Log-normal body and Pareto tail; the tail takes the place of the body where chance says so."""
    count = len(popularity)
    body = FOLLOWERS_MEDIAN * np.exp(FOLLOWERS_SPREAD * (0.8 * rng.standard_normal(count) + 0.6 * popularity))
    tail = FOLLOWERS_TAIL_START * rng.random(count) ** (-1 / FOLLOWERS_TAIL_INDEX)
    chosen = np.where(rng.random(count) < FOLLOWERS_TAIL_SHARE, tail, body)
    return np.clip(chosen, 50, FOLLOWERS_MOST).astype(np.int64)


def _careers(rng: np.random.Generator, period: Period, creators: int) -> tuple[Ints, Ints, Ints]:
    """Return when each creator joined the platform, began and ceased to post (the period's bounds where not within)."""
    before = period.start - (rng.gamma(2.0, 250.0, creators) * DAY).astype(np.int64) - DAY
    span = period.end - period.start
    late = rng.random(creators) < LATE_STARTERS
    joined = np.where(late, period.start + (rng.random(creators) * 0.9 * span).astype(np.int64), before)
    active_from = np.where(late, joined, period.start)
    quits = ~late & (rng.random(creators) < QUITTERS)
    active_to = np.where(quits, period.start + ((0.15 + 0.8 * rng.random(creators)) * span).astype(np.int64), period.end)
    return joined, active_from, active_to


def _ids(region: Ints, regions: Sequence[Region], handle: Texts, linked: Flags) -> Texts:
    codes = np.array([each.code for each in regions])[region]
    own = np.array([f"uACafQ{(index * 2_654_435_761 + 97) % 2**48:012x}" for index in range(len(region))])
    return np.where(linked, own, np.char.add(np.char.add(codes, ":"), handle))
