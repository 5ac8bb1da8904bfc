"""A brand's network as a source: nodes in the colours of their communities and at their places, and the ties between them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from api.access.table import visibility
from api.access.viewer import Viewer
from api.error_mapping import translated
from api.errors import BadUserInput, NotReady
from api.exports.order import Order
from api.features.network.network import network
from api.graphql.execution.arguments import check_named, local, told_category
from api.graphql.execution.cursors import cursors
from api.graphql.execution.field_context import FieldContext, reading_of
from graph.existing import absent
from graph.exports import Column, Role, Row, Sheet
from graph.exports.colours import Colour, of_community
from graph.model import Type
from graph.plans.errors import PlanError

if TYPE_CHECKING:
    from api.features.network.types import BrandNetwork, NetworkEdge, NetworkNode
    from api.graphql.execution.request import ReadState

S, I, F = Type.STRING, Type.INTEGER, Type.FLOAT  # noqa: E741 - a column of types reads better in one letter

NODES: Final = Sheet(
    "nodes",
    Role.NODES,
    (
        Column("id", S, "Global id."),
        Column("labels", S, "What the node is."),
        Column("label", S, "A creator's handle, a brand's name."),
        Column("region", S, "Region."),
        Column("distance", I, "Distance from the brand."),
        Column("weight", F, "Sum of the weights of its ties."),
        Column("x", F, "Horizontal position, -1 to 1."),
        Column("y", F, "Vertical position, -1 to 1."),
        Column("community", I, "Number of its community, 0 is the largest."),
        Column("communityName", S, "A short label for what the community's members have in common."),
        Column("core", I, "Core number."),
        Column("otherBrands", I, ("Number of brands whose ties may not be shown individually, rounded down to a multiple of five.")),
    ),
    caption="label",
)
EDGES: Final = Sheet(
    "edges",
    Role.EDGES,
    (
        Column("source", S, "Global id."),
        Column("target", S, "Global id."),
        Column("label", S, "What the tie is."),
        Column("weight", F, "How strong it is."),
        Column("times", I, "How often."),
        Column("gmvUsd", F, "Net GMV together, in US dollars."),
        Column("firstAt", S, "First time."),
        Column("lastAt", S, "Last time."),
        Column("trend", S, "The trend of the tie."),
    ),
    caption="label",
)
WANTED: Final = frozenset(
    {("measures",), ("measures", "communities"), *((kind,) for kind in ("nodes", "edges", "bounded", "hiddenCreators"))}
)


class _Whole(FieldContext):
    """A request for all that an export holds: every field of nodes and edges, and of the measures the communities alone."""

    def wants(self, *path: str) -> bool:
        return path[0] in ("nodes", "edges") or path in WANTED


@dataclass(frozen=True, slots=True)
class Network:
    """The source of one network's sheets, which are small and already read."""

    brand: str
    run: str
    found: BrandNetwork

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Nodes and edges."""
        return NODES, EDGES

    @property
    def facts(self) -> Mapping[str, str | int]:
        """Whose network it is, and where it was cut off."""
        cut = {f"leftOut{each.by.title()}{each.distance or ''}": each.left_out for each in self.found.bounded}
        return {"brand": self.brand, "run": self.run, **cut}

    @property
    def colours(self) -> Mapping[str, Colour]:
        """Those of the communities; a node of none, the brand itself among them, has its label's."""
        return {each.node_id: of_community(each.community) for each in self.found.nodes if each.community is not None}

    async def size(self) -> int:
        """Return how many nodes and edges there are."""
        return len(self.found.nodes) + len(self.found.edges)

    async def batches(self, sheet: Sheet) -> AsyncIterator[list[Row]]:
        """Yield them all at once."""
        if sheet is NODES:
            names = {each.number: each.name for each in self.found.measures.communities or ()}
            yield [_node(each, names) for each in self.found.nodes]
        else:
            yield [_edge(each) for each in self.found.edges]


async def refuse_unknown(order: Order, viewer: Viewer, state: ReadState) -> None:
    """Raise what `network` refuses the viewer: a brand, category or region that is not there, and one that is not shown."""
    options, reading = dict(order.options), reading_of(viewer, state)
    brand = local("options.brand", options.pop("brand"), "Brand")
    try:
        await check_named(reading, {"options": options})
        for each in options.get("categories", ()):
            told_category("options.categories", each, state.run.seen(outward=visibility(viewer).outward))
    except PlanError as error:
        raise translated(error, "") from error
    if await absent(state.driver, "Brand", [brand], database=state.settings.neo4j_database):
        raise _no_brand(brand)


async def network_of(order: Order, viewer: Viewer, state: ReadState) -> Network:
    """Return a brand's network as the viewer sees it."""
    seen, options = visibility(viewer), dict(order.options)
    run = state.run.seen(outward=seen.outward)
    brand = local("options.brand", options.pop("brand"), "Brand")
    if run is None:
        raise NotReady("there is no scoring run yet; run `creatorgraph score`")
    found = await network(_Whole(brand, options, (), viewer, seen, state, run, cursors(state.settings.home)))
    if found is None:
        raise _no_brand(brand)
    return Network(brand, run.id, found)


def _no_brand(brand: str) -> BadUserInput:
    return BadUserInput(f"there is no brand {brand[:80]}; `brands` of the API shows the ids")


def _node(each: NetworkNode, names: Mapping[int, str]) -> list[Any]:
    community = None if each.community is None else names.get(each.community)
    shown = [each.node_id, each.kind.title(), each.label, each.region, each.distance, each.weight, each.x, each.y]
    return [*shown, each.community, community, each.core, each.other_brands]


def _edge(each: NetworkEdge) -> list[Any]:
    trend = None if each.trend is None else str(each.trend)
    return [each.source, each.target, each.kind, each.weight, each.times, each.gmv_usd, each.first_at, each.last_at, trend]
