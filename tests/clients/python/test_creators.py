"""Creators, rankings, scores and explanations as frames."""

from __future__ import annotations

import polars as pl
import pytest

import scoring
from creatorgraph import Client, Refused
from creatorgraph.flows.creators import INDICATORS


def test_the_indicators_are_the_declared_ones() -> None:
    assert sorted(INDICATORS) == sorted(scoring.camel(name) for name in scoring.NAMES)


def test_all_creators_come_page_by_page(client: Client, monkeypatch: object) -> None:
    found = client.creators(sort="-FOLLOWERS", fields=("salesConsent", "sales.gmvUsd", "firstSeenAt"))
    assert found["handle"].to_list() == [f"creator{n}" for n in range(12, 0, -1)]
    assert found.schema["joinedAt"] == pl.Datetime("us", "UTC") == found.schema["firstSeenAt"]
    assert found.schema["overall.value"] == pl.Float64
    assert found["sales.gmvUsd"].dtype == pl.Float64
    assert found["salesConsent"].dtype == pl.Null


def test_an_empty_frame_has_the_same_columns(client: Client) -> None:
    full, none = client.creators(), client.creators(filter={"search": "nobody at all"})
    assert (none.height, none.schema) == (0, full.schema)


def test_a_ranking_is_in_order(client: Client) -> None:
    found = client.ranking("SALES_ABILITY", first=5)
    assert found["rank"].to_list() == [1, 2, 3, 4, 5]
    assert found["value"].is_sorted(descending=True)
    assert found.columns[:3] == ["rank", "id", "handle"]
    assert set(found["indicator"]) == {"SALES_ABILITY"}


def test_scores_are_one_row_a_creator_window_and_indicator(client: Client) -> None:
    found = client.scores(["c01", "Creator:c02"], windows=("D28", "D90"))
    assert found.height == 2 * 2 * len(INDICATORS)
    assert set(found["handle"]) == {"creator1", "creator2"}
    assert client.scores().height == 12 * len(INDICATORS)
    assert client.scores([]).height == 0
    with pytest.raises(Refused, match=r"filter\.ids: there is no creator with the id 'nobody'"):
        client.scores(["c01", "nobody"])


def test_an_explanation_adds_up_exactly(client: Client) -> None:
    score = client.scores(["c07"]).filter(indicator="SALES_ABILITY")
    parts = client.explain("c07", "SALES_ABILITY")
    assert parts["contribution"].sum() == score["value"][0] == parts["total"][-1]
    assert parts["name"][0] == "base"
