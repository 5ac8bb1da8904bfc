"""Dishonest rings: creators who name each other, buy views and likes, and buy from themselves to send it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from graph.sources.simulated.chance import Flags, Ints, Urns, owners, stream
from graph.sources.simulated.parameters import RING_LIKES, RING_SHARE, RING_SIZE, RING_VIEWS
from graph.sources.simulated.posting import Posts
from graph.sources.simulated.traits import People

MENTIONING: Final = 0.06
"""Share of honest posts that name someone of the community; assumed."""
RING_MENTIONING: Final = 0.7


@dataclass(frozen=True, slots=True)
class Mentions:
    """One entry a name in a post."""

    post: Ints
    creator: Ints


def rings(seed: int, people: People) -> Ints:
    """Return the ring of each creator, -1 for the honest; a ring lies within one region, and one has at least four."""
    rng = stream(seed, "rings")
    count = max(1, round(len(people) * RING_SHARE / RING_SIZE))
    ring = np.full(len(people), -1)
    crowded = np.flatnonzero(np.bincount(people.region) >= 4 * RING_SIZE)
    regions = crowded if len(crowded) else np.array([np.argmax(np.bincount(people.region))])
    for index in range(count):
        here = np.flatnonzero((people.region == regions[index % len(regions)]) & (ring < 0))
        size = min(len(here), int(RING_SIZE) + int(rng.integers(-2, 3)))
        ring[rng.choice(here, size, replace=False)] = index
    return ring


def inflated(seed: int, ring: Ints, posts: Posts) -> Posts:
    """Return the posts as they are shown: those of ring members with bought views and more likes than views explain."""
    rng = stream(seed, "inflation")
    bought = ring[posts.creator] >= 0
    views = np.where(bought, posts.views * RING_VIEWS * np.exp(0.2 * rng.standard_normal(len(posts))), posts.views).astype(np.int64)
    ratio = np.where(bought, views / posts.views * RING_LIKES, 1.0)
    likes = np.minimum((posts.likes * ratio).astype(np.int64), views)
    comments = np.minimum((posts.comments * ratio).astype(np.int64), views - likes)
    return replace(posts, views=views, likes=likes, comments=comments)


def mentions(seed: int, people: People, ring: Ints, posts: Posts) -> Mentions:
    """Return who is named where: anyone of the community now and then, ring members each other all the time."""
    rng = stream(seed, "mentions")
    dishonest = ring[posts.creator] >= 0
    names = rng.random(len(posts)) < np.where(dishonest, RING_MENTIONING, MENTIONING)
    post = np.flatnonzero(names)
    post = post[owners(1 + (rng.random(len(post)) < 0.25).astype(np.int64))]
    by = posts.creator[post]
    fellows = Urns.of(people.community, people.followers**0.5, int(people.community.max()) + 1).draw(rng, people.community[by])
    named = np.where(ring[by] >= 0, _accomplices(rng, ring, by), fellows)
    pairs = np.unique(np.stack([post, named], axis=1)[_distinct(by, named)], axis=0)
    return Mentions(pairs[:, 0], pairs[:, 1])


def _accomplices(rng: np.random.Generator, ring: Ints, by: Ints) -> Ints:
    members = np.flatnonzero(ring >= 0)
    urns = Urns.of(ring[members], np.ones(len(members)), int(ring.max()) + 1)
    return members[urns.draw(rng, np.maximum(ring[by], 0))]


def _distinct(by: Ints, named: Ints) -> Flags:
    return by != named
