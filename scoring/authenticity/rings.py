"""Creators who name each other far more than chance lets them: the densest groups of mutual mentions, peeled off (Charikar 2000).

Peeling takes away, one after the other, the creator with the least weight; the group at which weight per member was greatest is at
least half as dense as the densest there is. Two creators weigh as much as their mentions of each other surprise. A group is tested against
a market in which everybody names as many, but others: mentions within it would be Poisson, and every group of that size could have been it.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import sparse as scipy_sparse  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)
from scipy import special as scipy_special  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)
from scipy.sparse import csgraph as scipy_csgraph  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.authenticity.evidence import creators
from scoring.authenticity.suspicion import Suspicion
from scoring.facts.arrays import Floats, Ints, sums
from scoring.facts.market import Market
from scoring.numerics import scipy

sparse: Any = scipy_sparse
csgraph: Any = scipy_csgraph
special: Any = scipy_special
SMALLEST: Final = 3
LEAST_P: Final = 1e-4
"""A member's own suspicion counts for no more: one alone makes no ring."""
PATIENCE: Final = 10
"""Groups come denser first: after so many in a row that chance explains, no more are looked for."""
CLOSE: Final = 40
"""Honest creators name others out of about so many whom they know."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Codes of the members, ln of the p-value, and mentions among them: observed and expected."""

    members: Ints
    log_p: float
    observed: float
    expected: float


def rings(market: Market) -> list[Ring]:
    """Return the densest groups of creators who name each other, each with how improbable it is; no creator is in two."""
    people = len(market.creators.id)
    source, target, times = _pairs(market, people)
    named, found = sums(source, times, people), list[Ring]()
    a, b, weight = _close(source, target, _surprise(source, times, named), people)
    left, idle = np.ones(people, dtype=np.bool_), 0
    while idle < PATIENCE:
        kept, known = left[a] & left[b], len(found)
        core = densest(a[kept], b[kept], weight[kept])
        if not len(core):
            break
        for part in _parts(core, a[kept], b[kept]):
            members = _joined(part, a[kept], b[kept], weight[kept], people)
            left[members] = False
            if len(members) >= SMALLEST:
                found.append(_tested(members, (source, target, times), named))
        idle = 0 if any(ring.log_p < 0 for ring in found[known:]) else idle + 1
    return found


def _parts(core: Ints, a: Ints, b: Ints) -> list[Ints]:
    """Return the connected parts of a group: two that are as dense as each other are not one."""
    place = np.full(int(core.max()) + 1, -1)
    place[core] = np.arange(len(core))
    inside = np.isin(a, core) & np.isin(b, core)
    links = sparse.coo_array((np.ones(int(inside.sum())), (place[a[inside]], place[b[inside]])), shape=(len(core), len(core)))
    count, part = csgraph.connected_components(links, directed=False)
    return [core[part == each] for each in range(count)]


def _joined(core: Ints, a: Ints, b: Ints, weight: Floats, people: int) -> Ints:
    """Return a group and those tied to it more than any of so many people would by chance: who posts little weighs little."""
    tie = np.zeros(people)
    np.add.at(tie, a, weight * np.isin(b, core))
    np.add.at(tie, b, weight * np.isin(a, core))
    return np.union1d(core, np.flatnonzero(tie > np.log(people)))


def in_rings(market: Market, alone: list[Floats]) -> Suspicion:
    """Return the rings as suspicions of their members, by their mentions and by what each member looks like alone (Fisher's method)."""
    p, observed, expected = (np.full(len(market.creators.id), np.nan) for _ in range(3))
    p[np.unique(market.mentions.source)] = 1.0
    member_of: dict[int, Ring] = {}
    for ring in rings(market):
        logs = np.concatenate([np.empty(0), *(np.log(np.maximum(each[ring.members], LEAST_P)) for each in alone)])
        known = logs[~np.isnan(logs)]
        p[ring.members] = scipy.stats.chi2.sf(-2 * (ring.log_p + float(known.sum())), 2 * (1 + len(known)))
        observed[ring.members], expected[ring.members] = ring.observed, ring.expected
        member_of |= dict.fromkeys(ring.members.tolist(), ring)
    return Suspicion(p, observed, expected, lambda who: creators(market, member_of[who].members))


def densest(a: Ints, b: Ints, weight: Floats) -> Ints:
    """Return the nodes of a group whose weight a member is at least half of the greatest there is; ties go to the lower number."""
    around: dict[int, dict[int, float]] = {}
    for one, other, w in zip(a.tolist(), b.tolist(), weight.tolist(), strict=True):
        around.setdefault(one, {})[other] = w
        around.setdefault(other, {})[one] = w
    degree = {node: sum(each.values()) for node, each in around.items()}
    heap = sorted((value, node) for node, value in degree.items())
    total, gone = float(weight.sum()), list[int]()
    best, best_gone = -1.0, 0
    while len(gone) < len(degree):
        density = total / (len(degree) - len(gone))
        if density > best * (1 + 1e-12):
            best, best_gone = density, len(gone)
        node = _least(heap, degree, around)
        gone.append(node)
        total -= degree[node]
        for other, w in around.pop(node).items():
            del around[other][node]
            degree[other] -= w
            heapq.heappush(heap, (degree[other], other))
    return np.array(sorted(gone[best_gone:]), dtype=np.int64)


def _least(heap: list[tuple[float, int]], degree: dict[int, float], around: dict[int, dict[int, float]]) -> int:
    """Return the node of the least weight that is still there; entries that are out of date are skipped."""
    while True:
        value, node = heapq.heappop(heap)
        if node in around and value == degree[node]:
            return node


def _pairs(market: Market, people: int) -> tuple[Ints, Ints, Floats]:
    keys, count = np.unique(market.mentions.source * people + market.mentions.target, return_counts=True)
    return keys // max(people, 1), keys % max(people, 1), count.astype(np.float64)


def _surprise(source: Ints, times: Floats, named: Floats) -> Floats:
    """Return −ln P that a creator names another so often, among those whom one knows."""
    return -scipy.stats.poisson.logsf(times - 1, named[source] / (CLOSE - 1))


def _close(source: Ints, target: Ints, surprise: Floats, people: int) -> tuple[Ints, Ints, Floats]:
    """Return pairs (the lower code first) that name each other more than one pair in all those whom one knows would by chance."""
    keys, place = np.unique(np.minimum(source, target) * people + np.maximum(source, target), return_inverse=True)
    weight = sums(place, surprise, len(keys)) - np.log(CLOSE)
    kept = weight > 0
    return keys[kept] // max(people, 1), keys[kept] % max(people, 1), weight[kept]


def _tested(members: Ints, pairs: tuple[Ints, Ints, Floats], named: Floats) -> Ring:
    """Return the group with its p-value: Poisson, times the number of groups of its size among those whom one knows."""
    source, target, times = pairs
    people = len(named)
    inside = np.isin(source, members) & np.isin(target, members)
    observed, size = float(times[inside].sum()), len(members)
    expected = float(named[members].sum()) * (size - 1) / max(min(CLOSE, people) - 1, 1)
    groups = (
        np.log(max(people / CLOSE, 1.0))
        + special.gammaln(CLOSE + 1)
        - special.gammaln(min(size, CLOSE) + 1)
        - special.gammaln(CLOSE - min(size, CLOSE) + 1)
    )
    return Ring(members, float(min(0.0, scipy.stats.poisson.logsf(observed - 1, max(expected, 1e-9)) + groups)), observed, expected)
