"""Invitations, samples, campaigns and open plans."""

from pathlib import Path
from typing import Any

import pytest

from graph.rows import CreatorRef, Row
from tests.graph.sources.partner_api.folders import EXPORTED_AT, envelope, items, notes, owner, rejects, response, rows

ANN = CreatorRef(handle="ann", region="US")
DETAIL = "query-target-collaboration-detail"
APPLICATIONS = "seller-search-sample-applications"
FULFILMENTS = "seller-search-sample-applications-fulfillments"
STATISTICS = "get-affiliate-campaign-creator-product-content-statistics"
VIDEO = str(1_750_000_000 << 32)


def _detail(tmp_path: Path, creator: dict[str, Any], **values: Any) -> list[Any]:
    detail = {"id": "t1", "name": "Spring", "start_time": 1_750_000_000, "creators": [{"username": "ann"} | creator]} | values
    return items(owner(tmp_path), (f"{DETAIL}.json", response(target_collaboration=detail)))


@pytest.mark.parametrize(
    ("creator", "end", "status", "accepted"),
    [
        ({}, None, "OFFERED", None),
        ({}, EXPORTED_AT, "EXPIRED", None),
        ({}, EXPORTED_AT + 1, "OFFERED", None),
        ({"showcase_product_count": 1}, EXPORTED_AT, "ACCEPTED", True),
        ({"showcase_product_count": "2", "content_product_count": "1"}, None, "DELIVERED", True),
        ({"collaboration_status": "DELETED"}, None, "CANCELLED", None),
        ({"collaboration_status": "DELETED", "showcase_product_count": 1}, None, "CANCELLED", True),
        ({"collaboration_status": "DELETING", "content_product_count": 1}, None, "DELIVERED", True),
    ],
)
def test_the_state_of_an_invitation(tmp_path: Path, creator: dict[str, Any], end: int | None, status: str, accepted: bool | None) -> None:
    [found] = rows(_detail(tmp_path, creator, end_time=end), "collaborations")
    assert (found["kind"], found["status"], found.get("accepted")) == ("TARGETED", status, accepted)
    assert (found["programme_id"], found["creator_id"], found["brand_id"], found["offered_at"]) == ("t1", ANN, "s1", 1_750_000_000)
    assert "id" not in found


def test_an_invitations_rate_is_kept_where_all_products_have_one(tmp_path: Path) -> None:
    products = [
        {"id": "p1", "commission": {"rate": 3000}},
        {"id": "p2", "commission": {"rate": "3000"}},
        {"id": "p3", "collaboration_status": "DELETED"},
    ]
    [found] = rows(_detail(tmp_path / "a", {}, products=products), "collaborations")
    assert (found["commission_rate"], found["product_ids"]) == (0.3, ["p1", "p2"])
    [mixed] = rows(_detail(tmp_path / "b", {}, products=[*products, {"id": "p4", "commission": {"rate": 100}}]), "collaborations")
    assert "commission_rate" not in mixed


def test_a_bad_product_or_creator_leaves_its_neighbours(tmp_path: Path) -> None:
    found = _detail(tmp_path, {}, products=[{"id": "p1"}, {"id": ""}, {"id": "p3"}], creators=[{"username": "a"}, {}, {"username": "b"}])
    assert [each["product_ids"] for each in rows(found, "collaborations")] == [["p1", "p3"]] * 2
    places = [each.where.record for each in rejects(found)]
    assert places == ["data.target_collaboration.products[1]", "data.target_collaboration.creators[1]"]


@pytest.mark.parametrize("spelling", ["creator_inivited_count", "creator_invited_count"])
def test_the_count_of_the_invited_in_both_spellings(tmp_path: Path, spelling: str) -> None:
    found = items(owner(tmp_path), ("search-target-collaborations.json", response(target_collaborations=[{"id": "t1", spelling: "10"}])))
    assert rows(found, "programmes") == [{"programme_id": "t1", "kind": "TARGETED", "brand_id": "s1", "invited_count": 10}]
    assert notes(found) == []


@pytest.mark.parametrize(
    ("status", "fulfilment", "expected"),
    [
        ("PENDING", None, "OFFERED"),
        ("AWAITING_SHIPMENT", "PENDING", "ACCEPTED"),
        ("SHIPPED", "PENDING", "ACCEPTED"),
        ("CONTENT_PENDING", "ONGOING", "ACCEPTED"),
        ("CONTENT_PENDING", "SUCCEED", "DELIVERED"),
        ("CONTENT_PENDING", "PENDING", "ACCEPTED"),
        ("CONTENT_PENDING", "FAILED", "FAILED"),
        ("COMPLETED", "SUCCEED", "DELIVERED"),
        ("COMPLETED", "FAILED", "FAILED"),
        ("COMPLETED", "ONGOING", "ACCEPTED"),
        ("COMPLETED", None, "DELIVERED"),
        ("REJECTED", "PENDING", "CANCELLED"),
        ("REJECTED", None, "CANCELLED"),
        ("CANCELLED", "FAILED", "CANCELLED"),
        ("EXPIRED", None, "CANCELLED"),
        ("PENDING", "FAILED", "OFFERED"),
        ("NEW_STATE", None, "OFFERED"),
    ],
)
def test_the_state_of_a_sample(tmp_path: Path, status: str, fulfilment: str | None, expected: str) -> None:
    application = {"id": 5, "status": status, "fulfillment_status": fulfilment, "commission_rate": "0.1", "creator": {"username": "ann"}}
    found = items(owner(tmp_path), (f"{APPLICATIONS}.json", response(sample_applications=[application])))
    [sample] = rows(found, "collaborations")
    assert (sample["id"], sample["kind"], sample["status"], sample["commission_rate"]) == ("sample:5", "SAMPLE", expected, 0.1)
    assert sample["raw_status"] == " / ".join(part for part in (status, fulfilment) if part)
    assert sample.get("accepted") == (True if expected in ("ACCEPTED", "DELIVERED", "FAILED") else None)
    assert len(notes(found)) == (status == "NEW_STATE")


def test_a_samples_deadlines_are_the_sellers(tmp_path: Path) -> None:
    times = {"approve_expiration_time": 1_750_000_000, "shipment_expiration_time": "1750000001"}
    application = {"id": 5, "status": "CONTENT_PENDING", "creator": {"username": "ann"}} | times
    [sample] = rows(items(owner(tmp_path), (f"{APPLICATIONS}.json", response(sample_applications=[application]))), "collaborations")
    assert (sample["approval_due_at"], sample["shipment_due_at"]) == (1_750_000_000, 1_750_000_001)
    assert not {"due_at", "ends_at", "offered_at"} & sample.keys()


def test_a_samples_content_comes_by_its_own_part(tmp_path: Path) -> None:
    contents = [
        {"content": {"id": VIDEO, "format": "VIDEO", "create_time": 0, "paid_order_count": 2}, "product": {"id": "p1"}},
        {"content": {"id": "9", "format": "LIVE", "create_time": 1_740_000_000}, "product": {}},
    ]
    found = items(owner(tmp_path), (f"{FULFILMENTS}.json", envelope(response(fulfillments=contents), application_id="5")))
    [part] = [item for item in found if isinstance(item, Row) and item.table == "collaborations"]
    assert part.part == FULFILMENTS
    assert part.values == {"id": "sample:5", "content_ids": [VIDEO, "9"], "content_count": 2, "delivered_at": 1_740_000_000}
    assert rows(found, "contents") == [
        {"id": VIDEO, "kind": "VIDEO", "time_in_id": 1_750_000_000, "paid_orders": 2, "selected": True},
        {"id": "9", "kind": "LIVE", "published_at": 1_740_000_000, "selected": True},
    ]
    assert rows(found, "features") == [{"content_id": VIDEO, "product_id": "p1"}]


def test_an_open_plan_goes_by_its_request_or_its_product(tmp_path: Path) -> None:
    details = [{"creator_profile": {"username": "ann"}, "video_count": "3", "live_count": 1, "promotion_end_time": 0}]
    document = response(product={"id": "p1"}, creator_content_details=details)
    slug = "get-open-collaboration-creator-content-detail"
    asked = {"request": {"query": {"open_collaboration_id": 77}}, "response": document}
    found = items(owner(tmp_path), (f"{slug}-1.json", document), (f"{slug}-2.json", asked))
    bare, named = rows(found, "collaborations")
    assert (bare["programme_id"], named["programme_id"]) == ("open:p1", "77")
    assert (bare["kind"], bare["status"], bare["content_count"], bare["product_ids"]) == ("OPEN", "DELIVERED", 4, ["p1"])


@pytest.mark.parametrize(
    ("videos", "promotion", "status"), [(0, "NORMAL", "ACCEPTED"), (0, "TERMINATING", "CANCELLED"), (1, "TERMINATING", "DELIVERED")]
)
def test_a_plan_that_the_shop_ends_leaves_what_was_posted(tmp_path: Path, videos: int, promotion: str, status: str) -> None:
    detail = {"creator_profile": {"username": "ann"}, "video_count": videos, "live_count": 0, "promotion_status": promotion}
    document = response(product={"id": "p1"}, creator_content_details=[detail])
    found = items(owner(tmp_path), ("get-open-collaboration-creator-content-detail.json", document))
    [plan] = rows(found, "collaborations")
    assert (plan["status"], plan["accepted"], plan["content_count"]) == (status, True, videos)


def test_an_open_plans_terms_are_told_by_its_id_and_its_product_and_offered_to_nobody(tmp_path: Path) -> None:
    plan = {"id": "77", "current_commission": {"rate": 1000, "start_time": 1_740_000_000}, "product": {"id": "p1"}}
    found = items(owner(tmp_path), ("search-open-collaboration.json", response(open_collaborations=[plan])))
    terms = rows(found, "programmes")
    assert [(each["programme_id"], each["starts_at"], each["commission_rate"]) for each in terms] == [
        ("77", 1_740_000_000, 0.1),
        ("open:p1", 1_740_000_000, 0.1),
    ]
    assert all("offered_at" not in each for each in terms)


def _statistics(tmp_path: Path, region: str = "US", **values: Any) -> list[Any]:
    content = {
        "content_type": "VIDEO",
        "source_url": f"https://www.tiktok.com/@Ann/video/{VIDEO}?q=1",
        "published_date": "2025-06-15",
    } | values
    document = envelope(response(creator_content_statistics=[content]), campaign_id="c1", product_id="p1", creator_temp_id="x")
    return items(owner(tmp_path, kind="partner", region=region), (f"{STATISTICS}.json", document))


def test_a_campaigns_content_is_known_by_its_address(tmp_path: Path) -> None:
    found = _statistics(tmp_path, paid_order_num="4", paid_amount="1,234.50", view_count="7")
    ref = CreatorRef(handle="Ann", region="US")
    assert {name: rows(found, "contents")[0][name] for name in ("id", "kind", "creator_id", "published_at", "views")} == {
        "id": VIDEO,
        "kind": "VIDEO",
        "creator_id": ref,
        "published_at": 1_749_945_600,
        "views": 7,
    }
    expected = {"content_id": VIDEO, "product_id": "p1", "orders": 4, "gmv": 1234.5, "currency": "USD", "seen_at": EXPORTED_AT}
    assert rows(found, "features") == [expected]
    [collaboration] = rows(found, "collaborations")
    assert (collaboration["programme_id"], collaboration["kind"], collaboration["status"]) == ("c1", "CAMPAIGN", "DELIVERED")
    assert (collaboration["partner_id"], collaboration["creator_id"], collaboration["content_ids"]) == ("p1", ref, [VIDEO])


@pytest.mark.parametrize(
    ("region", "amount", "taken"),
    [
        ("ID", "Rp9.900", (9900.0, "IDR")),
        ("DE", "1.234,50 €", (1234.5, "EUR")),
        ("US", "0", (0.0, "USD")),
        ("US", "€5", None),
        ("ZZ", "5", None),
    ],
)
def test_its_amount_is_in_the_regions_currency(tmp_path: Path, region: str, amount: str, taken: tuple[float, str] | None) -> None:
    found = _statistics(tmp_path, region, paid_amount=amount)
    assert [(each["gmv"], each["currency"]) for each in rows(found, "features")] == ([taken] if taken else [])
    assert len(rejects(found)) == (taken is None)


def test_an_address_without_an_id_stands_for_one(tmp_path: Path) -> None:
    live = {"content_type": "2", "source_url": "https://www.tiktok.com/@ann/live?a=1"}
    first, second = (_statistics(tmp_path, **live | {"view_count": n}) for n in (1, 2))
    assert rows(first, "contents")[0]["id"] == rows(second, "contents")[0]["id"]
    assert rows(first, "contents")[0]["id"].startswith("address:")
    assert len(rejects(_statistics(tmp_path, source_url="", linked_tiktok_video=""))) == 1


def _showcase(tmp_path: Path, **values: Any) -> list[Any]:
    offer = {"id": "t1", "type": "TARGET", "partner": {"id": "8", "name": "Agency"}}
    product = {"id": "p1", "shop": {"name": "Pots"}, "collaboration": offer, "status": {"added_status": "ADDED"}} | values
    return items(owner(tmp_path, kind="creator"), ("get-showcase-products.json", response(products=[product])))


def test_a_showcase_tells_of_its_owners_collaborations(tmp_path: Path) -> None:
    found = _showcase(tmp_path, commission={"rate": 1500})
    [collaboration] = rows(found, "collaborations")
    assert (collaboration["kind"], collaboration["status"], collaboration["programme_id"]) == ("TARGETED", "ACCEPTED", "t1")
    assert collaboration["creator_id"] == CreatorRef(open_id="open1", handle="Ann", region="US")
    assert (collaboration["partner_id"], collaboration["commission_rate"]) == ("8", 0.15)
    assert rows(found, "partners") == [{"id": "8", "name": "Agency"}]
    assert "commission_rate" not in rows(found, "products")[0]


def test_an_unknown_kind_of_collaboration_is_counted_and_the_product_taken(tmp_path: Path) -> None:
    found = _showcase(tmp_path, collaboration={"id": "t1", "type": "99"})
    assert (len(rows(found, "products")), rows(found, "collaborations")) == (1, [])
    assert notes(found) == [("unknown value", "get-showcase-products: data.products.collaboration.type = 99")]


def test_products_of_one_collaboration_are_told_apart(tmp_path: Path) -> None:
    offer = {"collaboration": {"id": "t1", "type": "TARGET"}}
    found = items(
        owner(tmp_path, kind="creator"), ("get-showcase-products.json", response(products=[{"id": "p1"} | offer, {"id": "p2"} | offer]))
    )
    parts = [(item.part, item.values["product_ids"]) for item in found if isinstance(item, Row) and item.table == "collaborations"]
    assert parts == [("product:p1 get-showcase-products", ["p1"]), ("product:p2 get-showcase-products", ["p2"])]
