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


def test_creators_by_a_list_come_in_its_order_with_null_for_the_unknown(client: Client) -> None:
    found = client.creator_list(["c03", "nobody", "Creator:c01", "c03"], fields=("sales.gmvUsd",))
    assert found["asked"].to_list() == ["c03", "nobody", "Creator:c01", "c03"]
    assert found["handle"].to_list() == ["creator3", None, "creator1", "creator3"]
    assert found.schema["overall.value"] == pl.Float64
    by_handle = client.creator_list(handles=["@nobody", "no one"], region="US")
    assert by_handle.select("asked", "id").rows() == [("@nobody", None), ("no one", None)]
    assert client.creator_list([]).columns == by_handle.columns


def test_lists_of_more_than_a_thousand_are_asked_for_in_parts(client: Client) -> None:
    found = client.creator_list([f"c{n % 14:02d}" for n in range(2_500)])
    assert found.height == 2_500
    assert found["handle"].null_count() == sum(n % 14 in (0, 13) for n in range(2_500))


def test_a_list_is_of_ids_or_of_handles(client: Client) -> None:
    with pytest.raises(Refused, match="either ids, or handles with a region"):
        client.creator_list(["c01"], handles=["creator1"])
    with pytest.raises(Refused, match="give a list of them"):
        client.creator_list("c01")
    with pytest.raises(Refused, match="handles is given; give either ids alone, or handles and region"):
        client.creator_list(handles=["creator1"])


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
