"""When creators post, what the posts are, and how many people see and like them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from simulation.calendar import DAY, HOUR, Rhythms
from simulation.chance import Flags, Floats, Ints, owners, positions, running, stream
from simulation.collaborations import Deliveries
from simulation.parameters import (
    ENGAGEMENT_MEDIAN,
    ENGAGEMENT_SLOPE,
    FOLLOWERS_MEDIAN,
    QUALITY_SPREAD,
    REACTION_SPREAD,
    VIEWS_MEDIAN,
    VIEWS_MOST,
    VIEWS_SPREAD,
    VIEWS_VIRAL_INDEX,
    VIEWS_VIRAL_SHARE,
)
from simulation.setting import Setting
from simulation.traits import People
from simulation.weeks import weekly

WEEK: Final = 7 * DAY


@dataclass(frozen=True, slots=True)
class Posts:
    """One entry a post, creator by creator in order of time; `collaboration` is -1 but for what was promised."""

    id: Ints
    creator: Ints
    live: Flags
    at: Ints
    ended_at: Ints
    seconds: Ints
    shoppable: Flags
    views: Ints
    likes: Ints
    comments: Ints
    shares: Ints
    collaboration: Ints
    product: Ints
    """The product promised; -1 where the creator chose."""

    def __len__(self) -> int:
        """Return how many posts there are."""
        return len(self.id)


def posts(on: Setting, deliveries: Deliveries) -> Posts:
    """Return all posts: the creators' own, at gaps as regular as they are, and those that brands were promised."""
    rng, people = stream(on.seed, "posting"), on.people
    creator, at = _own(rng, on)
    own = len(creator)
    creator = np.concatenate([creator, deliveries.creator])
    at = np.concatenate([at, deliveries.at])
    order = np.lexsort((at, creator))
    promised = np.concatenate([np.full(own, -1), deliveries.collaboration])[order]
    product = np.concatenate([np.full(own, -1), deliveries.product])[order]
    creator, at = creator[order], at[order]
    live = rng.random(len(creator)) < people.live_share[creator]
    shoppable = (promised >= 0) | (rng.random(len(creator)) < people.shoppable_share[creator])
    seconds = _lengths(rng, live)
    views = _views(rng, on, creator, live)
    likes, comments, shares = _reactions(rng, people, creator, views)
    return Posts(
        id=_ids(at),
        creator=creator,
        live=live,
        at=at,
        ended_at=at + seconds,
        seconds=seconds,
        shoppable=shoppable,
        views=views,
        likes=likes,
        comments=comments,
        shares=shares,
        collaboration=promised,
        product=product,
    )


def _own(rng: np.random.Generator, on: Setting) -> tuple[Ints, Ints]:
    """Draw gaps from a gamma distribution whose shape is the creator's regularity; walk them through busy weeks and on the busy clock."""
    people, period, rhythms = on.people, on.period, Rhythms(on.period, on.regions, of="posts")
    gap = WEEK / people.posts_per_week
    expected = (people.active_to - people.active_from) / gap
    counts = np.ceil(expected * 1.6 + 4 * np.sqrt(expected / np.minimum(people.regularity, 1.0)) + 6).astype(np.int64)
    who = owners(counts)
    shape = people.regularity[who]
    gaps = rng.standard_gamma(shape) / shape * gap[who]
    first = positions(counts) == 0
    gaps[first] *= rng.random(int(first.sum()))
    steady = weekly(rng, on, who, people.active_from[who] + running(gaps, counts))
    at = rhythms.moment(people.region[who], steady).astype(np.int64)
    kept = (at >= np.maximum(people.active_from[who], period.start)) & (at < np.minimum(people.active_to[who], period.end - HOUR))
    return who[kept], at[kept]


def _lengths(rng: np.random.Generator, live: Flags) -> Ints:
    video = 12 + rng.gamma(2.0, 14.0, len(live))
    stream_ = np.clip(rng.gamma(3.0, 2_400.0, len(live)), 900, 6 * HOUR)
    return np.where(live, stream_, video).astype(np.int64)


def _views(rng: np.random.Generator, on: Setting, creator: Ints, live: Flags) -> Ints:
    people = on.people
    size = np.log(people.followers / FOLLOWERS_MEDIAN)
    level = np.log(VIEWS_MEDIAN) + on.regime.views_elasticity * size + QUALITY_SPREAD * people.quality
    steadiness = VIEWS_SPREAD * np.exp(-0.2 * np.clip(people.consistency, -3.0, 3.0))
    draw = level[creator] + steadiness[creator] * rng.standard_normal(len(creator)) + np.where(live, -0.2, 0.0)
    viral = rng.random(len(creator)) < VIEWS_VIRAL_SHARE
    lift = rng.random(len(creator)) ** (-1 / VIEWS_VIRAL_INDEX) * 3.0
    return np.clip(np.exp(draw) * np.where(viral, lift, 1.0), 1, VIEWS_MOST).astype(np.int64)


def _reactions(rng: np.random.Generator, people: People, creator: Ints, views: Ints) -> tuple[Ints, Ints, Ints]:
    size = np.log(people.followers / 50_000)
    level = np.log(ENGAGEMENT_MEDIAN) + ENGAGEMENT_SLOPE * size + REACTION_SPREAD * people.quality
    share: Floats = np.minimum(np.exp(level[creator] + 0.35 * rng.standard_normal(len(creator))), 0.45)
    total = rng.binomial(views, share)
    comments = rng.binomial(total, 0.05)
    shares = rng.binomial(total - comments, 0.06)
    return total - comments - shares, comments, shares


def _ids(at: Ints) -> Ints:
    """Make ids as the platform does: the time in the upper half; the lower half is unique by itself."""
    return (at << 32) | (np.arange(1, len(at) + 1) * 2_654_435_761 % 2**32)
