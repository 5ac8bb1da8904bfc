"""Exports, waited for and fetched."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import polars as pl
import pytest

from api.access.viewer import Role
from creatorgraph import AsyncClient, Client, Forbidden, Refused
from tests.api.served_market import ServedMarket


def test_a_network_comes_as_a_graph_and_leaves_nothing_behind(client: Client, tmp_path: Path) -> None:
    file = client.export("network", "graphml", tmp_path / "network.graphml", brand="b1", depth=2)
    assert "Brand:b1" in nx.read_graphml(file)
    assert list(tmp_path.iterdir()) == [file]
    assert client.export("network", "graphml", file, overwrite=True, brand="b1") == file
    with pytest.raises(FileExistsError, match="overwrite=True"):
        client.export("network", "graphml", file, brand="b1")


async def test_scorecards_come_as_a_table(market: ServedMarket, tmp_path: Path) -> None:
    async with AsyncClient(market.url, market.keys[Role.ANALYST]) as client:
        file = await client.export("scorecards", "parquet", tmp_path / "cards.parquet")
    assert pl.read_parquet(file).height > 12


def test_what_cannot_be_exported_is_told(market: ServedMarket, client: Client, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="format is 'xls'"):
        client.export("graph", "xls", tmp_path / "graph.xls")
    with Client(market.url, market.keys[Role.CREATOR]) as creator, pytest.raises(Forbidden):
        creator.export("graph", "csv", tmp_path / "graph.zip")
    assert list(tmp_path.iterdir()) == []
