"""Shared expressions of Cypher, worked out by the database."""

from __future__ import annotations

from typing import Any, Final, LiteralString

import pytest
from neo4j import AsyncDriver, Query

from graph.expressions import kept_share, kept_share_of_sums, net_sales, tie_weight
from scoring.networks import tie_weight as weight_in_python


async def worked_out(graph: AsyncDriver, expression: LiteralString, **properties: Any) -> Any:
    """Return what an expression over `x` gives for these properties."""
    found = await graph.execute_query(Query(f"WITH $x AS x RETURN {expression} AS found"), x=properties)
    return found.records[0]["found"]


LINES: Final = [
    ({"quantity": 4, "status": "COMPLETED"}, 1.0),
    ({"quantity": 4, "refundedQuantity": 1, "status": "COMPLETED"}, 0.75),
    ({"quantity": 4, "refundedQuantity": 4, "status": "COMPLETED"}, 0.0),
    ({"quantity": 4, "status": "REFUNDED"}, 0.0),
    ({"quantity": 0, "status": "COMPLETED"}, 0.0),
]


@pytest.mark.parametrize(("line", "share"), LINES)
async def test_what_is_kept_of_a_line_and_what_it_sold(graph: AsyncDriver, line: dict[str, Any], share: float) -> None:
    assert await worked_out(graph, kept_share("x"), **line) == share
    assert await worked_out(graph, net_sales("x"), gmvUsd=20.0, **line) == 20.0 * share
    assert await worked_out(graph, net_sales("x"), gmvUsd=None, **line) == 0.0


@pytest.mark.parametrize(
    ("sums", "share"),
    [({"units": 4, "refundedUnits": 1}, 0.75), ({"units": 4}, 1.0), ({"units": 0, "refundedUnits": 3}, 1.0), ({"gmvUsd": 9.0}, 1.0)],
)
async def test_what_is_kept_where_sums_alone_are_known(graph: AsyncDriver, sums: dict[str, Any], share: float) -> None:
    assert await worked_out(graph, kept_share_of_sums("x"), **sums) == share


@pytest.mark.parametrize(("times", "gmv_usd"), [(1, 0.0), (3, 1234.5), (2, -80.0)])
async def test_a_tie_weighs_the_same_in_cypher_and_in_python(graph: AsyncDriver, times: int, gmv_usd: float) -> None:
    found = await worked_out(graph, tie_weight("x"), times=times, gmvUsd=gmv_usd)
    assert found == pytest.approx(weight_in_python(times, gmv_usd), rel=1e-12)
