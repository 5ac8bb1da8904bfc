"""Creators: identity, consent, ranges, reports."""

from pathlib import Path
from typing import Any

import pytest

from graph.rows import CreatorRef
from tests.graph.sources.partner_api.folders import EXPORTED_AT, envelope, items, notes, owner, rejects, response, rows

SEARCH = "seller-search-creator-on-marketplace"
PERFORMANCE = "get-marketplace-creator-performance"
APPLICATIONS = "seller-search-sample-applications"
GMV = {"currency": "USD", "amount": "1,234.50"}
RANGE = {"currency": "USD", "minimum_amount": "1000.00", "maximum_amount": "10000.00", "formatted_range": "$1K-$10K"}


def _search(tmp_path: Path, *creators: dict[str, Any]) -> list[Any]:
    return items(owner(tmp_path), (f"{SEARCH}.json", response(creators=list(creators))))


def _performance(tmp_path: Path, **creator: Any) -> list[Any]:
    document = envelope(response(creator={"username": "ann"} | creator), creator_user_id="open1")
    return items(owner(tmp_path), (f"{PERFORMANCE}.json", document))


@pytest.mark.parametrize(
    ("values", "ref"),
    [
        ({"creator_open_id": "x", "username": "@Ann"}, CreatorRef(open_id="x", handle="Ann", region="US")),
        ({"creator_open_id": "", "username": "Ann"}, CreatorRef(handle="Ann", region="US")),
        ({"creator_open_id": "x", "username": ""}, CreatorRef(open_id="x", region="US")),
        ({"creator_open_id": "x", "selection_region": "gb"}, CreatorRef(open_id="x", region="GB")),
        ({"creator_open_id": "x", "selection_region": ""}, CreatorRef(open_id="x", region="US")),
    ],
)
def test_identity(tmp_path: Path, values: dict[str, Any], ref: CreatorRef) -> None:
    assert [each["id"] for each in rows(_search(tmp_path, values), "creators")] == [ref]


def test_the_id_in_the_path_and_the_open_id_are_the_same_thing(tmp_path: Path) -> None:
    [creator] = rows(_performance(tmp_path), "creators")
    assert (creator["id"], creator["open_id"]) == (CreatorRef(open_id="open1", handle="ann", region="US"), "open1")
    [profile] = rows(
        items(owner(tmp_path / "c", kind="creator"), ("get-creator-profile.json", response(creator_user_open_id="open1", username="ann"))),
        "creators",
    )[1:]
    assert profile["id"] == creator["id"]


def test_who_has_neither_open_id_nor_name_is_rejected_alone(tmp_path: Path) -> None:
    found = _search(tmp_path, {"username": "a"}, {"username": " @ ", "creator_open_id": ""}, {"username": "b"})
    assert [each["handle"] for each in rows(found, "creators")] == ["a", "b"]
    assert [each.where.record for each in rejects(found)] == ["data.creators[1]"]


@pytest.mark.parametrize(
    ("values", "consent"),
    [
        ({"gmv": GMV}, True),
        ({"gmv": GMV, "gmv_range": RANGE}, True),
        ({"gmv_range": RANGE}, False),
        ({"gmv": "", "gmv_range": RANGE}, False),
        ({"gmv": ""}, False),
        ({"gmv": {"amount": "", "currency": ""}}, False),
        ({}, None),
        ({"gmv": None}, None),
    ],
)
def test_consent_is_told_by_the_exact_value(tmp_path: Path, values: dict[str, Any], consent: bool | None) -> None:
    for found in (_search(tmp_path / "a", {"username": "ann"} | values), _performance(tmp_path / "b", **values)):
        assert rows(found, "creators")[0].get("sales_consent") is consent


def test_a_range_is_kept_and_never_its_middle(tmp_path: Path) -> None:
    [report] = rows(_performance(tmp_path, gmv_range=RANGE, units_sold_range={"minimum_amount": 100, "maximum_amount": "1000"}), "reports")
    assert report == {
        "creator_id": CreatorRef(open_id="open1", handle="ann", region="US"),
        "at": EXPORTED_AT,
        "days": 30,
        "currency": "USD",
        "gmv_low": 1000.0,
        "gmv_high": 10000.0,
        "units_sold_low": 100,
        "units_sold_high": 1000,
    }


@pytest.mark.parametrize("nothing", ["", None, {}, {"currency": "USD"}, {"currency": "", "minimum_amount": "", "maximum_amount": ""}])
def test_an_empty_range_is_unknown(tmp_path: Path, nothing: object) -> None:
    assert rows(_performance(tmp_path, gmv_range=nothing, units_sold="", avg_commission_rate=None), "reports") == []


def test_an_open_range_has_no_end(tmp_path: Path) -> None:
    [report] = rows(_performance(tmp_path, gmv_range={"currency": "USD", "minimum_amount": "10000", "maximum_amount": ""}), "reports")
    assert (report["gmv_low"], report.get("gmv_high")) == (10000.0, None)


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"gmv": {"amount": "-1", "currency": "USD"}}, "gmv.amount"),
        ({"gmv": {"amount": "1", "currency": ""}}, "gmv.currency"),
        ({"gmv": {"amount": "1", "currency": "ABC"}}, "gmv.currency"),
        ({"gmv": "12"}, "gmv"),
        ({"gmv_range": RANGE | {"maximum_amount": "1"}}, "gmv_range.minimum_amount"),
        ({"gmv": GMV, "live_gmv": {"amount": "1", "currency": "EUR"}}, "live_gmv.currency"),
        ({"follower_count": -1}, "follower_count"),
        ({"category_gmv_distribution": [{"category_id": "1", "value": "30.35"}]}, "category_gmv_distribution[0].value"),
        ({"follower_age": [{"key": "", "value": "0.1"}]}, "follower_age[0].key"),
        ({"ec_video_engagement_rate": "10001"}, "ec_video_engagement_rate"),
        ({"rating": "6"}, "rating"),
        ({"selection_region": "XX"}, "selection_region"),
    ],
)
def test_an_unsound_creator_is_rejected_whole(tmp_path: Path, values: dict[str, Any], column: str) -> None:
    found = _performance(tmp_path, **values)
    assert [each.column for each in rejects(found)] == [f"data.creator.{column}"]
    assert (rows(found, "creators"), rows(found, "reports")) == ([], [])


def test_units_of_a_performance(tmp_path: Path) -> None:
    found = _performance(
        tmp_path,
        avg_commission_rate=3000,
        ec_live_engagement_rate="6000",
        category_gmv_distribution=[{"category_id": "6", "value": "0.3035"}, {"category_id": "7", "value": ""}],
        rating="0",
        pps="4.5",
        top_collaborated_brand_ids=["8", "", "9"],
        follower_age=[{"key": "18–24", "value": "0.25"}],
    )  # fmt: skip
    [report] = rows(found, "reports")
    assert (report["commission_rate"], report["live_engagement_rate"], report["performance_score"]) == (0.3, 0.6, 4.5)
    assert (report["category_ids"], report["category_shares"], report.get("rating")) == (["6"], [0.3035], None)
    assert report["top_brand_ids"] == ["8", "9"]
    assert rows(found, "audiences")[0]["bucket"] == "18-24"


@pytest.mark.parametrize(("written", "share"), [("60.50", 0.605), ("60.85%", 0.6085), (60, 0.6), ("100 %", 1.0), ("", None), (None, None)])
def test_a_fulfilment_percentage_is_a_percent(tmp_path: Path, written: object, share: float | None) -> None:
    application = {"id": "7", "status": "PENDING", "creator": {"username": "ann", "fulfillment_percentage": written, "content_count": 1}}
    found = items(owner(tmp_path), (f"{APPLICATIONS}.json", response(sample_applications=[application])))
    assert rows(found, "reports")[0].get("fulfilment_rate") == share


def test_booleans_counts_and_times_may_be_strings(tmp_path: Path) -> None:
    [creator] = rows(_search(tmp_path, {"username": "ann", "follower_count": "0012"}), "creators")
    assert creator["follower_count"] == 12


def test_unknown_enum_values_are_kept_as_text_and_counted(tmp_path: Path) -> None:
    profile = response(username="ann", user_type="ROBOT", permissions=["FLY"])
    found = items(owner(tmp_path, kind="creator"), ("get-creator-profile.json", profile))
    creator = rows(found, "creators")[1]
    assert (creator["user_type"], creator["permissions"]) == ("ROBOT", ["FLY"])
    assert notes(found) == [("unknown value", "get-creator-profile: data.user_type = ROBOT")]
