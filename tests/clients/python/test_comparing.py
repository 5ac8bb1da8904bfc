"""Creators side by side, and for a brief."""

from __future__ import annotations

import polars as pl
import pytest

from api.access.viewer import Role
from creatorgraph import Client, Forbidden, Refused
from creatorgraph.flows.creators import INDICATORS
from tests.api.served_market import ServedMarket


def test_creators_are_compared_by_each_indicator(client: Client) -> None:
    found = client.compare(["c01", "c12"])
    assert found.height == 2 * len(INDICATORS)
    assert found.group_by("indicator").agg(pl.col("best").sum())["best"].max() == 1
    led = found.filter(pl.col("aheadOf").list.len() > 0)
    assert led.filter(~pl.col("best")).is_empty()


def test_pairs_have_in_common_what_they_have(client: Client) -> None:
    found = client.overlap(["c01", "c02", "c03"])
    assert found.height == 3
    assert found["sharedBrands.count"].min() > 0
    assert found["audience.age"].null_count() == 3


def test_a_brief_finds_creators_with_reasons(client: Client) -> None:
    found = client.recommendations({"goal": "SALES", "regions": ["US"]}, first=3)
    assert found["rank"].to_list() == [1, 2, 3]
    assert found["score"].is_sorted(descending=True)
    assert found.schema["reasonsFor"] == pl.List(pl.String)
    assert client.recommendations({"followers": {"min": 10**9}}).schema == found.schema


def test_a_creator_may_not_compare(market: ServedMarket) -> None:
    with Client(market.url, market.keys[Role.CREATOR]) as creator, pytest.raises(Forbidden):
        creator.compare(["c01", "c02"])


def test_one_creator_is_no_comparison(client: Client) -> None:
    with pytest.raises(Refused):
        client.compare(["c01"])


def test_lookalikes_of_a_creator_and_of_a_brand(client: Client) -> None:
    found = client.lookalikes("c01", region="US", first=3)
    assert found["similarity"].is_sorted(descending=True)
    assert set(found["creator.region"]) == {"US"}
    assert found["reasons"].list.len().sum() > 0
    assert client.lookalikes(brand="b1", include_partners=True).schema == found.schema
    with pytest.raises(Refused, match="either a creator or a brand"):
        client.lookalikes()


def test_the_most_central(client: Client) -> None:
    found = client.centrality("PAGERANK", {"graph": "CREATOR_BRAND"}, only="BRAND", first=3)
    assert found["rank"].to_list() == [1, 2, 3]
    assert set(found["label"]) <= {f"Brand {n}" for n in range(6)}
    assert found["hub"].null_count() == 3
