"""What is shown of posts: bought views and likes, and who is named in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from simulation.chance import Ints, Urns, owners, stream
from simulation.posting import Posts
from simulation.setting import Setting

MENTIONING: Final = 0.06
"""Share of honest posts that name someone of the community; assumed."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """One entry a name in a post."""

    post: Ints
    creator: Ints


def inflated(on: Setting, posts: Posts) -> Posts:
    """Return the posts as they are shown: those of who buys views with bought views and likes."""
    rng = stream(on.seed, "inflation")
    factor, likes_a_view, share = (on.cheats.of(name, posts.creator) for name in ("views", "likes", "boosted"))
    noise = np.exp(0.2 * rng.standard_normal(len(posts)))
    bought = (factor > 1) & (stream(on.seed, "boosting").random(len(posts)) < share)
    views = np.where(bought, posts.views * factor * noise, posts.views).astype(np.int64)
    ratio = np.where(bought, views / posts.views * likes_a_view, 1.0)
    likes = np.minimum((posts.likes * ratio).astype(np.int64), views)
    comments = np.minimum((posts.comments * ratio).astype(np.int64), views - likes)
    return replace(posts, views=views, likes=likes, comments=comments)


def mentions(on: Setting, posts: Posts) -> Mentions:
    """Return who is named where: anyone of the community now and then, ring members each other all the time."""
    rng, people, ring = stream(on.seed, "mentions"), on.people, on.ring
    dishonest = ring[posts.creator] >= 0
    names = rng.random(len(posts)) < np.where(dishonest, on.cheats.of("names", posts.creator), MENTIONING)
    post = np.flatnonzero(names)
    post = post[owners(1 + (rng.random(len(post)) < 0.25).astype(np.int64))]
    by = posts.creator[post]
    fellows = Urns.of(people.community, np.sqrt(people.followers), int(people.community.max()) + 1).draw(rng, people.community[by])
    named = np.where(ring[by] >= 0, _accomplices(rng, ring, by), fellows)
    pairs = np.unique(np.stack([post, named], axis=1)[by != named], axis=0)
    return Mentions(pairs[:, 0], pairs[:, 1])


def _accomplices(rng: np.random.Generator, ring: Ints, by: Ints) -> Ints:
    members = np.flatnonzero(ring >= 0)
    urns = Urns.of(ring[members], np.ones(len(members)), int(ring.max()) + 1)
    return members[urns.draw(rng, np.maximum(ring[by], 0))]
