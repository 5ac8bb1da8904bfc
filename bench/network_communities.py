"""How well communities on the creators' network agree with those planted, beside plain partitions."""

from __future__ import annotations

from typing import Any, Final, LiteralString

import networkx as nx
import numpy as np
from neo4j import AsyncDriver

from api.features.network.web import MENTION
from scoring.edges import Edges
from scoring.networks import co_promotion, communities, undirected

CREATORS: Final[LiteralString] = """
MATCH (c:Creator)
RETURN c.id AS id, c.region AS region, c.mainCategoryIds[0] AS category
ORDER BY id
"""
PROMOTED: Final[LiteralString] = """
MATCH (c:Creator)-[:PUBLISHED]->(:Content)-[:FEATURES]->(p:Product)
RETURN DISTINCT c.id AS creator, p.id AS product
"""
MENTIONED: Final[LiteralString] = """
MATCH (c:Creator)-[:PUBLISHED]->(x:Content)-[:MENTIONS]->(named:Creator)
RETURN c.id AS creator, named.id AS named, count(x) AS times
"""


async def agreements(driver: AsyncDriver, planted: Any) -> dict[str, float]:
    """Return the agreement with the planted communities by what found them."""
    people = (await driver.execute_query(CREATORS)).records
    number = {each["id"]: at for at, each in enumerate(people)}
    truth = dict(zip(planted["creator_id"].to_pylist(), planted["community"].to_pylist(), strict=True))
    expected = [truth[each["id"]] for each in people]
    graph = await _graph(driver, number)
    found = {
        "Louvain": _labels(communities(graph), len(people)),
        "connected components of the same network": _labels(map(list, nx.connected_components(graph)), len(people)),
        "main category": [each["category"] for each in people],
        "region and main category": [(each["region"], each["category"]) for each in people],
    }
    return {name: nmi(expected, labels) for name, labels in found.items()}


async def _graph(driver: AsyncDriver, number: dict[str, int]) -> Any:
    promoted = (await driver.execute_query(PROMOTED)).records
    mentioned = (await driver.execute_query(MENTIONED)).records
    products: dict[str, int] = {}
    pairs = [(number[each["creator"]], products.setdefault(each["product"], len(products))) for each in promoted]
    alike, _ = co_promotion(len(number), len(products), Edges.of(*zip(*pairs, strict=True)))
    named = [(number[each["creator"]], number[each["named"]], MENTION * each["times"]) for each in mentioned]
    return undirected(len(number), [Edges.of(*zip(*named, strict=True)), alike])


def _labels(groups: Any, count: int) -> list[int]:
    """Return each node's group; those in none are each their own."""
    labels = [-1 - node for node in range(count)]
    for group, members in enumerate(groups):
        for member in members:
            labels[member] = group
    return labels


def nmi(one: list[Any], other: list[Any]) -> float:
    """Return the mutual information of two partitions over the mean of their entropies: 1 where they are the same."""
    rows, columns = (np.unique([str(each) for each in labels], return_inverse=True)[1] for labels in (one, other))
    table = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(table, (rows, columns), 1 / len(one))
    by_row, by_column = table.sum(axis=1), table.sum(axis=0)
    both = table > 0
    mutual = (table[both] * np.log(table[both] / np.outer(by_row, by_column)[both])).sum()
    return float(mutual / ((_entropy(by_row) + _entropy(by_column)) / 2))


def _entropy(shares: Any) -> float:
    return float(-(shares * np.log(shares)).sum())
