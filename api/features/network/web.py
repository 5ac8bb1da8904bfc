"""A brand's surroundings as numbered nodes and weighted ties: what measures and the drawing stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.networks import Around, Neighbour
from scoring.edges import Edges
from scoring.networks import co_promotion, undirected

MENTION: Final = 5.0
"""A post that names someone weighs as five perfect likenesses: to name is a deed, to promote the same may be chance."""


class Named(NamedTuple):
    """One node: what it is, how far from the brand."""

    kind: str
    node: Neighbour
    distance: int

    @property
    def global_id(self) -> str:
        """The id that clients see."""
        return f"{self.kind}:{self.node.id}"

    @property
    def label(self) -> str:
        """What it is called; the own id of a brand without a known name."""
        return self.node.label or self.node.id


class Tie(NamedTuple):
    """One tie between two nodes by number, from the first to the second; nulls are unknown or do not apply."""

    source: int
    target: int
    kind: str
    weight: float
    times: int
    gmv_usd: float | None = None
    first_at: int | None = None
    last_at: int | None = None


@dataclass(frozen=True)
class Web:
    """The brand is node 0; then come its creators, their other brands, and those brands' creators, the heaviest first."""

    around: Around

    @cached_property
    def nodes(self) -> list[Named]:
        """All nodes in their order."""
        found = self.around
        creators, others = [Named("Creator", each, 1) for each in found.near], [Named("Brand", each, 2) for each in found.others]
        return [Named("Brand", found.brand, 0), *creators, *others, *(Named("Creator", each, 3) for each in found.far)]

    @cached_property
    def place(self) -> dict[str, int]:
        """Each node's number by its global id."""
        return {each.global_id: number for number, each in enumerate(self.nodes)}

    @cached_property
    def ties(self) -> list[Tie]:
        """All ties: work together, mentions, promotion of the same; in an order that no other rows of the database change."""
        worked = [
            Tie(self.creator(each.creator), self.brand(each.brand), "COLLABORATED", each.weight, each.times, each.gmv_usd, *each[-2:])
            for each in sorted(self.around.worked, key=lambda tie: (tie.creator, tie.brand))
        ]
        mentioned = [
            Tie(self.creator(each.creator), self.creator(each.named), "MENTIONED", MENTION * each.times, each.times, None, *each[-2:])
            for each in sorted(self.around.mentioned, key=lambda tie: (tie.creator, tie.named))
        ]
        return worked + mentioned + self._co_promoted()

    def creator(self, own_id: str) -> int:
        """Return the number of a creator."""
        return self.place[f"Creator:{own_id}"]

    def brand(self, own_id: str) -> int:
        """Return the number of a brand."""
        return self.place[f"Brand:{own_id}"]

    def graph(self, ties: Sequence[Tie]) -> Any:
        """Return NetworkX's graph of all nodes."""
        return undirected(len(self.nodes), [_edges(ties, 0)])

    def without_brand(self, ties: Sequence[Tie]) -> Any:
        """Return NetworkX's graph of all nodes but the brand: node 0 there is node 1 here."""
        return undirected(len(self.nodes) - 1, [_edges([each for each in ties if each.source and each.target], 1)])

    def _co_promoted(self) -> list[Tie]:
        people = np.flatnonzero([each.kind == "Creator" for each in self.nodes])
        rank = {int(number): at for at, number in enumerate(people)}
        products: dict[str, int] = {}
        pairs = [(rank[self.creator(row[0])], products.setdefault(row[1], len(products))) for row in sorted(self.around.promoted)]
        edges, both = co_promotion(len(people), len(products), Edges.of(*_columns(pairs)))
        rows = zip(people[edges.sources].tolist(), people[edges.targets].tolist(), edges.weights.tolist(), both.tolist(), strict=True)
        return [Tie(source, target, "CO_PROMOTED", weight, times) for source, target, weight, times in rows]


def _edges(ties: Sequence[Tie], first: int) -> Edges:
    """Return ties as edges, `first` being the node that is called 0."""
    return Edges.of([each.source - first for each in ties], [each.target - first for each in ties], [each.weight for each in ties])


def _columns(pairs: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    return np.asarray(pairs, dtype=np.int64).reshape(-1, 2).T
