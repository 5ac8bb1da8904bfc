from __future__ import annotations

import re
from typing import Any

import pytest

from api.errors import BadUserInput
from api.exports.order import Order, ordered


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (None, "the body is not an object"),
        ({"what": ["graph"], "format": "csv"}, 'what is ["graph"]; give one of graph, network, query, scorecards'),
        ({"what": "graph"}, "format is missing; give one of graphml, gexf, parquet"),
        ({"what": "graph", "format": "xlsx"}, "format is 'xlsx'; give one of graphml, gexf, parquet"),
        ({"what": "graph", "format": "gexf", "options": {"tables": True}}, "format is 'gexf'; give one of parquet"),
        ({"what": "scorecards", "format": "gexf"}, "format is 'gexf'; give one of parquet"),
        ({"what": "graph", "format": "csv", "options": []}, None),
        ({"what": "graph", "format": "csv", "options": ["tables"]}, "options is not an object"),
        (
            {"what": "graph", "format": "csv", "options": {"path": "/etc"}},
            "options.path is not an option of graph; its options are tables, labels",
        ),
        (
            {"what": "graph", "format": "csv", "options": {"labels": ["Creators"]}},
            "options.labels: 'Creators' is not a label of the graph; use some of Appeal, ",
        ),
        ({"what": "graph", "format": "csv", "options": {"tables": 1}}, "options.tables is 1; give true or false"),
        ({"what": "graph", "format": "csv", "name": "a"}, "'name' is not a known field"),
        ({"what": "network", "format": "csv"}, "options.brand is missing"),
        (
            {"what": "network", "format": "csv", "options": {"brand": "b1", "depth": 4}},
            "options.depth is 4; give a whole number from 1 to 3",
        ),
        ({"what": "network", "format": "csv", "options": {"brand": "b1", "depth": True}}, "options.depth is true; give a whole number"),
        ({"what": "network", "format": "csv", "options": {"brand": "b1", "window": 30}}, "options.window is 30; give one of 7, 28, 90"),
        (
            {"what": "network", "format": "csv", "options": {"brand": "b1", "minWeight": -1}},
            "options.minWeight is -1; give a number, 0 or more",
        ),
        ({"what": "network", "format": "csv", "options": {"brand": "b1", "minWeight": float("nan")}}, "options.minWeight is NaN"),
        (
            {"what": "network", "format": "csv", "options": {"brand": "b1", "regions": "US"}},
            "options.regions is 'US'; give a list of texts",
        ),
        (
            {"what": "query", "format": "csv", "options": {"query": "RETURN 1", "parameters": 1}},
            "give an object with a value for each $name",
        ),
        ({"what": "query", "format": "csv", "options": {"query": "x" * 100_001}}, "options.query is"),
    ],
)
def test_what_breaks_a_rule_is_told_with_what_is_right(order: Any, words: str | None) -> None:
    if words is None:
        assert ordered(order).options == {}
        return
    with pytest.raises(BadUserInput, match=re.escape(words)):
        ordered(order)


def test_options_that_are_null_are_left_out() -> None:
    given = {"what": "scorecards", "format": "csv", "options": {"run": None, "facts": False}}
    assert ordered(given) == Order("scorecards", "csv", {"facts": False})
