"""Orders one upon the other: who places them alone does so in one sitting, and the crowd does not.

After a video the crowd's orders come with delays that the market tells. An order is followed by another of the same video within the span
of a sitting with a probability that follows from the crowd's delays and from how many orders the video brought; how much faster the crowd
is on sale days and in the evening is learnt. The number of orders so followed is Poisson or wider (negative binomial), and its upper tail
the p-value. Live streams sell within their hours and are left out.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.authenticity.evidence import contents
from scoring.authenticity.peers import LEAST
from scoring.authenticity.suspicion import Suspicion
from scoring.facts.arrays import ABSENT, Floats, Ints, sums
from scoring.facts.events.sales import VIDEO
from scoring.facts.market import Market
from scoring.numerics import scipy

SPAN: Final = 1_200
"""Seconds within which the next order of one sitting comes."""
FEWEST: Final = 3
"""Who sold fewer orders through videos is not judged."""
ROUNDS: Final = 3
STANDING_OUT: Final = 0.01
"""Who is less probable than this is left out of what the next round takes for usual."""
DISPERSIONS: Final = (1e-3, 10.0)


def ordered_at_once(market: Market) -> Suspicion:
    """Return how improbable it is that the crowd placed a creator's orders so close to each other; NaN under three."""
    people = len(market.creators.id)
    creator, content, delay = _orders(market)
    judged = sums(creator, None, people) >= FEWEST
    close, chance = _followed(content, delay)
    observed, plain = sums(creator, close, people), np.maximum(sums(creator, chance, people), 1e-6)
    p, usual, expected = np.full(people, np.nan), np.ones(people, dtype=np.bool_), plain
    for _ in range(ROUNDS):
        kept = judged & usual
        pace = max(float(observed[kept].sum()) / max(float(plain[kept].sum()), 1e-6), 1.0)
        expected = plain * pace
        p[judged] = _tail(observed[judged], expected[judged], _dispersion(observed[kept], expected[kept]))
        usual = ~(p < STANDING_OUT)

    def cited(who: int) -> list[str]:
        own = creator == who
        return contents(market, content[own], close[own])

    return Suspicion(p, np.where(judged, observed, np.nan), np.where(judged, expected, np.nan), cited)


def _orders(market: Market) -> tuple[Ints, Ints, Floats]:
    """Return creator, content and seconds since the post of orders through videos, sorted by content and delay."""
    sales, posts = market.sales, market.past_posts
    size = 1 + max(int(posts.name.max(initial=ABSENT)), int(sales.content.max(initial=ABSENT)))
    posted = np.full(size + 1, ABSENT, dtype=np.int64)
    posted[posts.name] = posts.at
    delay = sales.at - posted[sales.content]
    own = (sales.kind == VIDEO) & (sales.order >= 0) & (sales.content != ABSENT) & (posted[sales.content] != ABSENT) & (delay >= 0)
    _, first = np.unique(sales.order[own], return_index=True)
    rows = np.flatnonzero(own)[first]
    rows = rows[np.lexsort((delay[rows], sales.content[rows]))]
    return sales.creator[rows], sales.content[rows], delay[rows].astype(np.float64)


def _followed(content: Ints, delay: Floats) -> tuple[Floats, Floats]:
    """Return of each order whether the next of its content comes within the span, and the chance of it by the crowd's delays."""
    crowd = np.sort(delay)
    share = (np.searchsorted(crowd, delay + SPAN, side="right") - np.searchsorted(crowd, delay, side="left")) / max(len(crowd), 1)
    others = np.bincount(content, minlength=1)[content] - 1 if len(content) else np.zeros(0)
    close = np.zeros(len(delay))
    close[:-1] = (content[1:] == content[:-1]) & (delay[1:] - delay[:-1] <= SPAN)
    return close, 1.0 - (1.0 - np.minimum(share, 1.0)) ** others


def _tail(observed: Floats, expected: Floats, dispersion: float) -> Floats:
    """Return P(as many or more), negative binomial with variance mean + dispersion × mean²."""
    size = 1.0 / dispersion
    return np.asarray(scipy.stats.nbinom.sf(observed - 1, size, size / (size + expected)))


def _dispersion(observed: Floats, expected: Floats) -> float:
    if len(observed) < LEAST:
        return DISPERSIONS[0]
    excess = float(((observed - expected) ** 2 - expected).sum() / max(float((expected**2).sum()), 1e-9))
    return float(np.clip(excess, *DISPERSIONS))
