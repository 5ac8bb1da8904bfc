"""The whole graph's colours: creators and brands by the community that their ties make, where these are not too many."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

import numpy as np

from graph.exports import Row, WholeGraph
from graph.exports.colours import Colour, of_community
from graph.exports.sheets import global_id

MOST: Final = 100_000
"""Ties up to which communities are found: for as many NetworkX keeps a core busy for some five seconds.

Beyond, nodes have the colours of their labels.
"""


async def community_colours(source: WholeGraph) -> Mapping[str, Colour]:
    """Return the colours of creators and brands by their id among all; none where there are more than `MOST` ties."""
    ties: list[Row] = []
    async for rows in source.batches(source.ties):
        ties += rows
        if len(ties) > MOST:
            return {}
    return await asyncio.to_thread(coloured, ties)


def coloured(ties: list[Row]) -> Mapping[str, Colour]:
    """Return a colour for each end of the ties: its Louvain community's, a tie weighing `times + lg(1 + |gmvUsd|)`."""
    # NetworkX takes a fifth of a second to import, which only who wants colours has to wait for.
    from scoring.edges import Edges
    from scoring.networks import communities, tie_weight, undirected

    if not ties:
        return {}
    ends = [(global_id("Creator", creator), global_id("Brand", brand)) for creator, brand, *_ in ties]
    names = sorted({end for pair in ends for end in pair})
    place = {name: number for number, name in enumerate(names)}
    source, target = (np.array([place[pair[side]] for pair in ends]) for side in (0, 1))
    weight = np.array([tie_weight(tie[2], tie[3]) or 1.0 for tie in ties])
    found = communities(undirected(len(names), [Edges(source, target, weight)]))
    return {names[member]: of_community(number) for number, members in enumerate(found) for member in members}
