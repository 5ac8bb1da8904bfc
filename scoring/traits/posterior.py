"""What a row's readings and its peers together say of a trait."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from scoring.tables import Floats, Ints
from scoring.traits.readings import Terms
from scoring.traits.shape import NODES, STEP, Shape

ROWS: Final = 4096
"""Rows evaluated at once: their nodes stay in the cache."""
FARTHEST: Final = 60.0
"""No θ is taken beyond this, so that e^θ stays finite."""
FINEST: Final = 0.6
"""A likelihood narrower than this many nodes is widened to it, or it would fall between them."""
LOW, HIGH = 0.05, 0.95


class Groups(NamedTuple):
    """The groups of peers of some rows: centre and spread of each, and each row's place among them.

    Where peers may stand at the trait's floor, `bottom` is its θ and `floor` the share of each group there.
    """

    centre: Floats
    spread: Floats
    codes: Ints
    floor: Floats | None = None
    bottom: float = 0.0

    def theta(self) -> Floats:
        """Return the nodes' θ of each group [groups × nodes], the floor's first where there is one."""
        nodes = self.centre[:, np.newaxis] + self.spread[:, np.newaxis] * NODES
        return nodes if self.floor is None else np.column_stack([np.full(len(nodes), self.bottom), nodes])

    def weights(self, shape: Shape) -> Floats:
        """Return the peers' weights on the nodes of each group, as one row where all groups have the same."""
        if self.floor is None:
            return shape.weights[np.newaxis]
        return np.column_stack([self.floor, (1.0 - self.floor[:, np.newaxis]) * shape.weights])

    def edges(self, shape: Shape) -> Floats:
        """Return the share of peers below each node's bin, and 1, likewise."""
        if self.floor is None:
            return shape.edges[np.newaxis]
        return np.column_stack([np.zeros(len(self.floor)), self.floor[:, np.newaxis] + (1.0 - self.floor[:, np.newaxis]) * shape.edges])

    def of_rows(self, by_group: Floats, rows: slice) -> Floats:
        """Return for some rows what `by_group` has for their groups, or the one row that it has for all."""
        return by_group if self.floor is None else by_group[self.codes[rows]]


class Posterior(NamedTuple):
    """Mean and variance of θ, and of the share of peers below it, with the ends that hold 90 % of that share."""

    mean: Floats
    variance: Floats
    place: Floats
    place_variance: Floats
    low: Floats
    high: Floats


class Slice(NamedTuple):
    """Some rows' posterior weights on their nodes [rows × nodes], each row summing to 1, their θ and e^θ; the floor is the first one."""

    rows: slice
    weights: Floats
    theta: Floats
    grown: Floats


def slices(terms: Terms, groups: Groups, shape: Shape) -> Iterator[Slice]:
    """Yield the posterior weights of all rows, a few thousand at a time."""
    theta = groups.theta()
    grown = np.exp(np.clip(theta, -FARTHEST, FARTHEST))
    log_prior = np.log(np.maximum(groups.weights(shape), 1e-300))
    for start in range(0, len(groups.codes), ROWS):
        rows = slice(start, start + ROWS)
        codes = groups.codes[rows]
        own = Terms(terms.theta[rows], terms.square[rows], tuple((power[rows], rate[rows]) for power, rate in terms.decays))
        own_theta, own_grown = theta[codes], grown[codes]
        found = _likelihood(own, own_theta, own_grown)
        found *= _widening(own, found, own_grown, groups.spread[codes])[:, np.newaxis]
        found += groups.of_rows(log_prior, rows)
        found -= found.max(axis=1, keepdims=True)
        np.exp(found, out=found)
        found /= found.sum(axis=1, keepdims=True)
        yield Slice(rows, found, own_theta, own_grown)


def _likelihood(terms: Terms, theta: Floats, grown: Floats) -> Floats:
    """Return the log-likelihood of each row on its nodes."""
    found = terms.square[:, np.newaxis] * theta
    found += terms.theta[:, np.newaxis]
    found *= theta
    for power, rate in terms.decays:
        found -= power[:, np.newaxis] * np.log1p(rate[:, np.newaxis] * grown)
    return found


def _widening(terms: Terms, found: Floats, grown: Floats, spread: Floats) -> Floats:
    """Return the power to which each row's likelihood is taken: 1, or less where it is narrower than the nodes allow."""
    at = np.take_along_axis(grown, found.argmax(axis=1)[:, np.newaxis], axis=1)[:, 0]
    sharpness = -2.0 * terms.square
    for power, rate in terms.decays:
        sharpness = sharpness + power * rate * at / (1.0 + rate * at) ** 2
    return np.minimum(1.0, 1.0 / (np.maximum(sharpness, 1e-300) * (FINEST * STEP * spread) ** 2))


def posterior(terms: Terms, groups: Groups, shape: Shape) -> Posterior:
    """Return the posterior of every row; each row depends on itself and its group alone, to the last bit."""
    weights, edges = groups.weights(shape), groups.edges(shape)
    below = (edges[:, :-1] + edges[:, 1:]) / 2.0
    parts = [
        _summary(part, *(groups.of_rows(each, part.rows) for each in (weights, edges, below))) for part in slices(terms, groups, shape)
    ]
    if not parts:
        return Posterior(*(np.zeros(0) for _ in Posterior._fields))
    return Posterior(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _summary(part: Slice, peers: Floats, edges: Floats, below: Floats) -> Posterior:
    """Return some rows' posterior; `peers`, `edges` and `below` are those of each row's nodes, or of all."""
    mean, variance = moments(part.weights, part.theta)
    place = (part.weights * below).sum(axis=1)
    spread = (part.weights * (below - place[:, np.newaxis]) ** 2).sum(axis=1)
    total = np.cumsum(part.weights, axis=1)
    low, high = (_quantile(total, part.weights, peers, edges, share) for share in (LOW, HIGH))
    return Posterior(mean, variance, place, spread, np.minimum(low, place), np.maximum(high, place))


def moments(weights: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Return mean and variance of `values` under `weights`, row by row."""
    mean = (weights * values).sum(axis=1)
    return mean, (weights * (values - mean[:, np.newaxis]) ** 2).sum(axis=1)


def _quantile(total: Floats, weights: Floats, peers: Floats, edges: Floats, share: float) -> Floats:
    """Return the share of peers below the quantile `share` of each row, spread evenly within a node's bin."""
    at = np.minimum((total < share).sum(axis=1), weights.shape[1] - 1)
    rows = np.arange(len(total))
    own = weights[rows, at]
    inside = np.clip((share - (total[rows, at] - own)) / np.maximum(own, 1e-300), 0.0, 1.0)
    of = rows if len(edges) > 1 else 0
    return edges[of, at] + inside * peers[of, at]
