"""What measures say of a brand's network: each is computed where it is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np

from api.features.network.types import NetworkBroker, NetworkCommunity, NetworkConcentration, NetworkCores, NetworkTrait
from api.features.network.web import Named, Tie, Web
from api.graphql.types.nouns import Ref
from graph.cents import in_cents
from scoring.networks import Brokers, Concentration, Cores, Shared, brokers, communities, concentration, cores, shared

MOST: Final = 20
"""Brokers, and growing or dormant ties, that are told."""
APART: Final = 0.1
"""How far a trait has to set members apart to give a community its name."""


@dataclass(frozen=True)
class Measures:
    """The measures of a web, of its ties as they are shown. The brand itself, tied to all, is left out of its graph."""

    web: Web
    ties: Sequence[Tie]

    @cached_property
    def graph(self) -> Any:
        """NetworkX's graph without the brand, shared by all measures."""
        return self.web.without_brand(self.ties)

    @cached_property
    def groups(self) -> list[list[int]]:
        """The communities' nodes by their numbers in the web."""
        return [[node + 1 for node in each] for each in communities(self.graph)]

    @cached_property
    def community_of(self) -> dict[int, int]:
        """Each node's community."""
        return {node: number for number, each in enumerate(self.groups) for node in each}

    @cached_property
    def cores(self) -> Cores:
        """Core numbers; the web's node 1 is their node 0."""
        return cores(self.graph)

    def communities(self) -> list[NetworkCommunity]:
        """Return the communities with what their members share, each named for what sets it apart."""
        traits = _traits(self.web)
        found = [self._community(number, members, traits) for number, members in enumerate(self.groups)]
        names = Counter(each.name for each in found)
        return [replace(each, name=f"{each.name} ({each.number + 1})") if names[each.name] > 1 else each for each in found]

    def brokers(self) -> list[NetworkBroker]:
        """Return those on the most shortest ways."""
        found = brokers(self.graph)
        order: list[int] = np.argsort(-found.betweenness, kind="stable")[:MOST].tolist()
        return [_broker(self.web.nodes[at + 1], found, at) for at in order if found.betweenness[at] > 0]

    def core_and_periphery(self) -> NetworkCores:
        """Return who belongs to the core."""
        inside = np.flatnonzero(self.cores.core).tolist()
        return NetworkCores(
            deepest=self.cores.deepest,
            core=[self.web.nodes[at + 1].global_id for at in inside],
            periphery=len(self.cores.number) - len(inside),
        )

    def concentration(self) -> NetworkConcentration | None:
        """Return how the sales of all the brand's creators are spread."""
        found: Concentration | None = concentration(self.web.around.sales)
        if found is None:
            return None
        creators, gmv_usd, top1, top5, top10, hhi, effective = found
        return NetworkConcentration(
            creators=creators, gmv_usd=in_cents(gmv_usd), top1=top1, top5=top5, top10=top10, hhi=hhi, effective_creators=effective
        )

    def _community(self, number: int, members: list[int], traits: dict[str, dict[int, list[str]]]) -> NetworkCommunity:
        among = len(self.web.nodes) - 1
        found = {kind: shared(members, of, among=among) for kind, of in traits.items()}
        told = {kind: [_trait(each) for each in of] for kind, of in found.items()}
        ids = [self.web.nodes[node].global_id for node in members]
        return NetworkCommunity(number=number, name=_name(number, told), members=ids, **told, share_of_gmv=self._sold(members))

    def _sold(self, members: Sequence[int]) -> float | None:
        sold = {tie.source: max(tie.gmv_usd or 0.0, 0.0) for tie in self.ties if tie.kind == "COLLABORATED" and tie.target == 0}
        total = sum(sold.values())
        return sum(sold.get(node, 0.0) for node in members) / total if total > 0 else None


def _traits(web: Web) -> dict[str, dict[int, list[str]]]:
    """Return what each node has of categories, regions and products, by the names that they go by."""
    categories: dict[int, list[str]] = {}
    products: dict[int, list[str]] = {}
    for creator, category, name in web.around.categories:
        categories.setdefault(web.creator(creator), []).append(name or category)
    for creator, product, _, title in web.around.promoted:
        products.setdefault(web.creator(creator), []).append(title or product)
    regions = {number: [each.node.region] for number, each in enumerate(web.nodes) if number and each.node.region}
    return {"categories": _each_once(categories), "regions": regions, "products": _each_once(products)}


def _each_once(of: dict[int, list[str]]) -> dict[int, list[str]]:
    """Return the names without repetition: two products may be called the same."""
    return {node: list(dict.fromkeys(names)) for node, names in of.items()}


def _trait(found: Shared) -> NetworkTrait:
    key: Hashable = found.key
    return NetworkTrait(label=str(key), members=found.members, share=found.share, lead=found.lead)


def _name(number: int, traits: dict[str, list[NetworkTrait]]) -> str:
    """Return what sets a community apart: the first category, region and product that do; its number where none does."""
    apart = [each[0].label for each in traits.values() if each and each[0].lead >= APART]
    return " · ".join(apart) or f"Community {number + 1}"


def _broker(each: Named, found: Brokers, at: int) -> NetworkBroker:
    creator = Ref("Creator", each.node.id) if each.kind == "Creator" else None
    return NetworkBroker(
        node_id=each.global_id,
        label=each.label,
        betweenness=float(found.betweenness[at]),
        constraint=float(found.constraint[at]),
        creator=creator,
    )
