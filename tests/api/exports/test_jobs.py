from __future__ import annotations

import pytest

from api.exports.jobs import file_name
from api.exports.order import ordered


@pytest.mark.parametrize(
    ("what", "kind", "options", "name"),
    [
        ("graph", "gexf", {}, "graph.gexf"),
        ("graph", "csv", {"tables": True}, "graph-tables.csv.zip"),
        ("network", "graphml", {"brand": "Brand:../../etc/passwd\n"}, "network-Brand-etc-passwd.graphml"),
        ("network", "parquet", {"brand": "name:US:Ünï"}, "network-name-US-n.parquet.zip"),
        ("network", "gexf", {"brand": "é"}, "network.gexf"),
        ("query", "jsonl", {"query": "RETURN 1"}, "query.jsonl"),
        ("scorecards", "arrow", {"facts": True}, "scorecards.arrow"),
    ],
)
def test_a_file_is_named_for_what_it_holds_and_leads_nowhere(what: str, kind: str, options: dict[str, object], name: str) -> None:
    assert file_name(ordered({"what": what, "format": kind, "options": options})) == name
