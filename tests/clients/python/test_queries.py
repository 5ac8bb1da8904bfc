"""Queries in Cypher, written here or kept by name."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest

from api.access.viewer import Role
from creatorgraph import Client, Forbidden, Refused, Truncated
from tests.api.drawn_market import END
from tests.api.served_market import ServedMarket

TYPED = """
MATCH (c:Creator) WHERE c.id IN $ids
RETURN c.id AS id, c.followerCount AS followers, c.followerCount / 2.0 AS half, datetime({epochSeconds: $end}) AS at, [1, 2] AS list
ORDER BY id
"""


def test_an_answer_keeps_its_types(client: Client) -> None:
    found = client.cypher(TYPED, ids=["c01", "c02"], end=END)
    assert found.schema == {
        "id": pl.String,
        "followers": pl.Int64,
        "half": pl.Float64,
        "at": pl.Datetime("us", "UTC"),
        "list": pl.List(pl.Int64),
    }
    assert found.row(0) == ("c01", 500, 250.0, datetime.fromtimestamp(END, UTC), [1, 2])


def test_no_rows_are_a_frame_too(client: Client) -> None:
    assert client.cypher("MATCH (c:Creator {id: $id}) RETURN c.id AS id", {"id": "nobody"}).columns == ["id"]


def test_rows_that_are_missing_are_warned_of_unless_asked_for(client: Client) -> None:
    query = "UNWIND range(1, 100001) AS n RETURN n"
    assert client.cypher(query, limit=7).height == 7
    with pytest.warns(Truncated, match="aggregate in the query"):
        cut = client.cypher(query, seconds=60)
    assert cut.height == 100_000


def test_what_writes_is_refused_with_the_rule(client: Client) -> None:
    with pytest.raises(Refused, match=r".+") as raised:
        client.cypher("CREATE (n:Creator) RETURN n")
    assert raised.value.code == "CYPHER_REFUSED"


def test_it_is_for_analysts(market: ServedMarket) -> None:
    with Client(market.url, market.keys[Role.BRAND]) as brand:
        with pytest.raises(Forbidden):
            brand.cypher("RETURN 1 AS one")
        with pytest.raises(Forbidden):
            brand.saved_queries()


def test_kept_queries_are_listed_and_run(client: Client) -> None:
    kept = client.saved_queries()
    assert kept.height >= 20
    assert kept["builtIn"].all()
    for name in kept["name"]:
        assert isinstance(client.saved(name, limit=5), pl.DataFrame)
    with pytest.raises(Refused):
        client.saved("no-such-query")
