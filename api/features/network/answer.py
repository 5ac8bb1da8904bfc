"""A brand's surroundings as the answer has them: nodes with places, edges with trends, and where it was cut off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from api.access.table import in_fives
from api.features.network.measures import Measures
from api.features.network.types import (
    BrandNetwork,
    NetworkBound,
    NetworkEdge,
    NetworkMeasures,
    NetworkNode,
    NetworkTrends,
)
from api.features.network.web import Tie, Web
from api.graphql.types.nouns import Ref
from graph.cents import in_cents
from graph.dates import iso_time_or_null
from graph.networks import Around, Asked
from scoring.networks import Trend, layout, trend

EDGES: Final = 10
"""Edges for each node of `first`."""
TOLD: Final = 20
"""Growing or dormant ties that are listed."""

UNASKED: Final[Any] = None
"""What nobody asked for is not computed, and nobody reads it."""

Wants = Callable[..., bool]
"""Tells whether fields along a path are asked for."""


@dataclass(frozen=True)
class Drawing:
    """One network on its way out: its surroundings, what was asked, and which fields are wanted."""

    web: Web
    asked: Asked
    wants: Wants

    def answer(self) -> BrandNetwork:
        """Return the whole answer; what is not wanted is not computed."""
        ties = self.web.ties
        shown = _heaviest(ties, EDGES * self.asked.first)
        measures = Measures(self.web, shown)
        hidden = self.web.around.hidden
        return BrandNetwork(
            nodes=self._nodes(shown, measures) if self.wants("nodes") else [],
            edges=[self._edge(each) for each in shown] if self.wants("edges") else [],
            bounded=self._cut_off(len(shown), len(ties)),
            hidden_creators=None if hidden is None else in_fives(hidden),
            measures=self._measures(shown, measures),
        )

    def _nodes(self, ties: Sequence[Tie], measures: Measures) -> list[NetworkNode]:
        nodes = self.web.nodes
        graph = self.web.graph(ties)
        placed = self.wants("nodes", "x") or self.wants("nodes", "y")
        places = layout(graph, [each.global_id for each in nodes], centre=0).tolist() if placed else [(0.0, 0.0)] * len(nodes)
        weights = dict(graph.degree(weight="weight"))
        community = measures.community_of if self.wants("nodes", "community") else {}
        core = measures.cores.number.tolist() if self.wants("nodes", "core") else [None] * len(nodes)
        unseen = {self.web.creator(creator): in_fives(count) for creator, count in self.web.around.unseen}
        return [
            NetworkNode(
                node_id=each.global_id,
                kind=each.kind.upper(),
                label=each.label,
                region=each.node.region,
                distance=each.distance,
                weight=float(weights[number]),
                x=places[number][0],
                y=places[number][1],
                community=community.get(number),
                core=core[number - 1] if number else None,
                other_brands=unseen.get(number),
                node=Ref(each.kind, each.node.id),
            )
            for number, each in enumerate(nodes)
        ]

    def _edge(self, tie: Tie) -> NetworkEdge:
        return NetworkEdge(
            source=self.web.nodes[tie.source].global_id,
            target=self.web.nodes[tie.target].global_id,
            kind=tie.kind,
            weight=tie.weight,
            times=tie.times,
            gmv_usd=None if tie.gmv_usd is None else in_cents(tie.gmv_usd),
            first_at=iso_time_or_null(tie.first_at),
            last_at=iso_time_or_null(tie.last_at),
            trend=self._trend(tie),
        )

    def _trend(self, tie: Tie) -> Trend | None:
        if tie.kind != "COLLABORATED" or tie.first_at is None or tie.last_at is None:
            return None
        lately, before = self._sold.get((tie.source, tie.target), (0.0, 0.0))
        return trend(tie.first_at, tie.last_at, self.asked.as_of, recent=lately, before=before)

    @cached_property
    def _sold(self) -> dict[tuple[int, int], tuple[float, float]]:
        web = self.web
        return {(web.creator(creator), web.brand(brand)): (lately, before) for creator, brand, lately, before in web.around.sold}

    def _cut_off(self, shown: int, ties: int) -> list[NetworkBound]:
        around = self.web.around
        rings = zip(around.counts, (around.near, around.others, around.far), strict=True)
        edges = [NetworkBound(by="EDGES", distance=None, at=shown, left_out=ties - shown)] if shown < ties else []
        return edges + [
            NetworkBound(by="FIRST", distance=distance, at=len(ring), left_out=count - len(ring))
            for distance, (count, ring) in enumerate(rings, start=1)
            if count > len(ring)
        ]

    def _measures(self, ties: Sequence[Tie], measures: Measures) -> NetworkMeasures:
        return NetworkMeasures(
            communities=measures.communities() if self.wants("measures", "communities") else UNASKED,
            brokers=measures.brokers() if self.wants("measures", "brokers") else UNASKED,
            cores=measures.core_and_periphery() if self.wants("measures", "cores") else UNASKED,
            trends=self._trends(ties) if self.wants("measures", "trends") else UNASKED,
            concentration=measures.concentration() if self.wants("measures", "concentration") else None,
        )

    def _trends(self, ties: Sequence[Tie]) -> NetworkTrends:
        own = [self._edge(each) for each in ties if each.kind == "COLLABORATED" and each.target == 0]
        of = {kind: [each for each in own if each.trend is kind] for kind in Trend}
        counts = {kind.value.lower(): len(edges) for kind, edges in of.items()}
        return NetworkTrends(**counts, growing_ties=of[Trend.GROWING][:TOLD], dormant_ties=of[Trend.DORMANT][:TOLD])


def drawn(around: Around, asked: Asked, wants: Wants) -> BrandNetwork:
    """Return a brand's surroundings, placed and measured as far as `wants` says."""
    return Drawing(Web(around), asked, wants).answer()


def _heaviest(ties: Sequence[Tie], most: int) -> list[Tie]:
    """Return as many ties as are shown: all collaborations before mentions, and these before likenesses."""
    order = ("COLLABORATED", "MENTIONED", "CO_PROMOTED")
    return sorted(ties, key=lambda tie: (order.index(tie.kind), -tie.weight, tie.source, tie.target))[:most]
