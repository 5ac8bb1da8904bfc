"""`Query.neighbours`: whom nodes of a drawing bring in, and with which ties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from api.access.table import Permission, in_fives
from api.errors import BadUserInput
from api.features.neighbours.types import NeighbourNode, Neighbours, NodeNeighbours
from api.features.network.types import NetworkEdge
from api.features.network.web import MENTION
from api.graphql.execution.arguments import several_of
from api.graphql.execution.field_context import FieldContext, reading_of
from api.graphql.types.nouns import Ref
from graph.cents import in_cents
from graph.dates import DAY, iso_time_or_null
from graph.networks import Expansion, Neighbour, Worked, neighbours_of
from graph.networks import Neighbours as Rows
from scoring.networks import Trend, trend

MOST_OF: Final = 20
MOST_EACH: Final = 50
MOST_EDGES: Final = 5_000

KINDS: Final = ("Creator", "Brand")
Key = tuple[str, str]


async def neighbours(context: FieldContext) -> Neighbours | None:
    """Return whom the nodes bring in; None before the first run."""
    context.allowed(Permission.EXPLORE)
    given, run, wants = context.arguments, context.run, context.wants
    first, window = given.get("first", 25), given.get("window")
    of = several_of("of", given["of"], KINDS, least=1, most=MOST_OF)
    # A whole network is its brand and as many nodes as the setting says.
    among = several_of("among", given.get("among") or (), KINDS, least=0, most=context.state.settings.max_network + 1)
    if not 1 <= first <= MOST_EACH:
        raise BadUserInput(f"first is {first}; give 1 to {MOST_EACH}")
    if run is None:
        return None
    expansion = Expansion(
        of=list(of),
        among=list(among),
        run=run.id,
        as_of=run.as_of,
        first=first,
        mention=MENTION,
        since=None if window is None else run.as_of - window * DAY,
        ties=MOST_EDGES if wants("edges") or wants("leftOut") else 0,
        trends=wants("edges", "trend"),
        counts=wants("of", "new", "otherBrands"),
    )
    return Answer(of, await neighbours_of(reading_of(context.viewer, context.state), expansion), run.as_of).whole()


@dataclass(frozen=True)
class Answer:
    """What was found on its way out."""

    of: Mapping[Key, str]
    found: Rows
    as_of: int

    def whole(self) -> Neighbours:
        """Return the answer."""
        nodes = [NodeNeighbours(node_id=given, total=self.found.totals.get(key, 0), new=self._new(key)) for key, given in self.of.items()]
        return Neighbours(of=nodes, edges=[*self._worked(), *self._mentioned()], left_out=self.found.left_out)

    def _new(self, key: Key) -> list[NeighbourNode]:
        return [self._node(kind, each) for kind, each in self.found.new.get(key, ())]

    def _node(self, kind: str, each: Neighbour) -> NeighbourNode:
        ref = Ref(kind, each.id)
        return NeighbourNode(
            node_id=ref.global_id,
            kind=kind.upper(),
            label=each.label or each.id,
            region=each.region,
            other_brands=self._unseen.get(each.id) if kind == "Creator" else None,
            node=ref,
        )

    def _worked(self) -> list[NetworkEdge]:
        return [
            NetworkEdge(
                source=f"Creator:{each.creator}",
                target=f"Brand:{each.brand}",
                kind="COLLABORATED",
                weight=each.weight,
                times=each.times,
                gmv_usd=in_cents(each.gmv_usd),
                first_at=iso_time_or_null(each.first_at),
                last_at=iso_time_or_null(each.last_at),
                trend=self._trend(each),
            )
            for each in self.found.worked
        ]

    def _mentioned(self) -> list[NetworkEdge]:
        return [
            NetworkEdge(
                source=f"Creator:{each.creator}",
                target=f"Creator:{each.named}",
                kind="MENTIONED",
                weight=MENTION * each.times,
                times=each.times,
                gmv_usd=None,
                first_at=iso_time_or_null(each.first_at),
                last_at=iso_time_or_null(each.last_at),
                trend=None,
            )
            for each in self.found.mentioned
        ]

    def _trend(self, tie: Worked) -> Trend | None:
        if tie.first_at is None or tie.last_at is None:
            return None
        lately, before = self._sold.get((tie.creator, tie.brand), (0.0, 0.0))
        return trend(tie.first_at, tie.last_at, self.as_of, recent=lately, before=before)

    @cached_property
    def _sold(self) -> dict[Key, tuple[float, float]]:
        return {(creator, brand): (lately, before) for creator, brand, lately, before in self.found.sold}

    @cached_property
    def _unseen(self) -> dict[str, int | None]:
        return {creator: in_fives(count) for creator, count in self.found.unseen}
