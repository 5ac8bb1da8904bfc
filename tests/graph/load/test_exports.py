"""What shops export, as the graph holds it: each the right value of something that went wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from neo4j import AsyncDriver

from graph.load.folders import items_of
from tests.graph.load.market import loaded, shown
from tests.graph.sources.partner_api.folders import ORDERS, envelope, order, orders, owner, response, sku

APPLICATIONS: Final = "seller-search-sample-applications"
FULFILMENTS: Final = "seller-search-sample-applications-fulfillments"
PERFORMANCE: Final = "get-marketplace-creator-performance"
DETAIL: Final = "query-target-collaboration-detail"
PLAN: Final = "get-open-collaboration-creator-content-detail"
PLANS: Final = "search-open-collaboration"
EARLY, LATE = 1_767_312_000, 1_769_904_000
VIDEO: Final = str(1_768_176_000 << 32)


async def imported(graph: AsyncDriver, folder: Path, *exports: tuple[int, Mapping[str, Any]]) -> None:
    """Save exports of one shop, each from its time, and import them in that order."""
    for at, documents in exports:
        place = owner(folder / str(at), exported_at=at)
        for slug, document in documents.items():
            (place / f"{slug}.json").write_text(json.dumps(document))
        await loaded(graph, list(items_of([place])))


def application(status: str, fulfilment: str, *, number: int = 1, **creator: Any) -> dict[str, Any]:
    """An application for a sample of product p1, with an answer due of the seller in 2025."""
    known = {"creator_open_id": "X", "username": "ann", "gmv": "", "content_count": "", "fulfillment_percentage": ""} | creator
    states = {"status": status, "fulfillment_status": fulfilment, "approve_expiration_time": 1_764_720_000}
    return {"id": str(number), "commission_rate": "0.1", "creator": known, "product": {"id": "p1"}} | states


def applications(*given: dict[str, Any]) -> dict[str, Any]:
    return response(sample_applications=list(given))


async def test_a_completed_sample_whose_fulfilment_failed_is_a_broken_promise(graph: AsyncDriver, tmp_path: Path) -> None:
    first = applications(application("CONTENT_PENDING", "PENDING"), application("PENDING", "PENDING", number=2))
    then = applications(application("COMPLETED", "FAILED"), application("REJECTED", "PENDING", number=2))
    await imported(graph, tmp_path, (EARLY, {APPLICATIONS: first}), (LATE, {APPLICATIONS: then}))
    assert await shown(
        graph, "MATCH (k:Collaboration) RETURN k.id, k.status, k.rawStatus, k.accepted, k.seenAt, k.statuses ORDER BY k.id"
    ) == [
        ("sample:1", "FAILED", "COMPLETED / FAILED", True, [EARLY, LATE], ["ACCEPTED", "FAILED"]),
        ("sample:2", "CANCELLED", "REJECTED / PENDING", None, [EARLY, LATE], ["OFFERED", "CANCELLED"]),
    ]
    assert await shown(graph, "MATCH (k:Collaboration) RETURN DISTINCT k.endsAt, k.dueAt, k.offeredAt, k.approvalDueAt") == [
        (None, None, None, 1_764_720_000)
    ]


async def test_what_a_brand_decided_here_is_left_alone(graph: AsyncDriver, tmp_path: Path) -> None:
    """Also where the platform shows a state of its own afterwards, or an older export comes late."""
    waiting, approved = (applications(application(status, "PENDING")) for status in ("PENDING", "AWAITING_SHIPMENT"))
    await imported(graph, tmp_path, (LATE, {APPLICATIONS: waiting}))
    decided = "MATCH (k:Collaboration) SET k.decision = 'DECLINE', k.decisionReason = 'OTHER', k.decidedAt = 5, k.decisionExportedAt = 6"
    await graph.execute_query(decided)
    for at, document in ((LATE + 60, waiting), (EARLY, waiting), (LATE + 120, approved)):
        await imported(graph, tmp_path, (at, {APPLICATIONS: document}))
        found = "MATCH (k:Collaboration) RETURN k.decision, k.decisionReason, k.decidedAt, k.decisionExportedAt"
        assert await shown(graph, found) == [("DECLINE", "OTHER", 5, 6)]
    assert await shown(graph, "MATCH (k:Collaboration) RETURN k.status") == ["ACCEPTED"]


async def test_a_contents_paid_orders_stand_beside_no_order_line_on_a_product(graph: AsyncDriver, tmp_path: Path) -> None:
    content = {"id": VIDEO, "format": "VIDEO", "view_count": 100, "paid_order_count": 1, "create_time": 1_768_176_000}
    swapped = sku(product_id="p2", content_type="VIDEO", content_id=VIDEO)
    documents = {
        APPLICATIONS: applications(application("COMPLETED", "SUCCEED")),
        FULFILMENTS: envelope(response(fulfillments=[{"product": {"id": "p1"}, "content": content}]), application_id="1"),
        ORDERS: orders(order("o1", swapped, create_time=1_768_176_000)),
    }
    await imported(graph, tmp_path, (LATE, documents))
    assert await shown(graph, "MATCH (v:Content)-[f:FEATURES]->(p) RETURN p.id, f.orders, v.paidOrders, v.selected ORDER BY p.id") == [
        ("p1", None, 1, True),
        ("p2", None, 1, True),
    ]
    assert await shown(graph, "MATCH (s:Sale)-[:OF]->(p) RETURN s.id, p.id") == [("o1:1", "p2")]


async def test_no_videos_reported_are_no_views_reported(graph: AsyncDriver, tmp_path: Path) -> None:
    profile = {"username": "ann", "ec_video_count": 0, "ec_live_count": 0, "avg_ec_video_play_count": 0, "ec_video_engagement_rate": "0"}
    found = {"username": "ann", "creator_open_id": "X", "avg_ec_video_view_count": 0, "avg_ec_live_uv": 0, "follower_count": 5}
    documents = {
        PERFORMANCE: envelope(response(creator=profile | {"rating": "4.5"}), creator_user_id="X"),
        "seller-search-creator-on-marketplace": response(creators=[found]),
        APPLICATIONS: applications(application("PENDING", "PENDING", content_count=7, ec_video_view=0, fulfillment_percentage="60.5%")),
    }
    await imported(graph, tmp_path, (LATE, documents))
    means = "r.videoViews, r.medianVideoViews, r.videoEngagementRate, r.liveViews, r.liveUniqueViewers"
    assert await shown(graph, f"MATCH (r:Report) RETURN {means}") == [(None,) * 5]  # pyright: ignore[reportArgumentType] -- a constant
    assert await shown(graph, "MATCH (r:Report) RETURN r.videoCount, r.liveCount, r.contentCount, r.fulfilmentRate, r.rating") == [
        (0, 0, 7, 0.605, 4.5)
    ]


async def test_a_newer_report_makes_nothing_up_and_the_older_stays(graph: AsyncDriver, tmp_path: Path) -> None:
    def told(**values: Any) -> dict[str, Any]:
        return {PERFORMANCE: envelope(response(creator={"username": "ann"} | values), creator_user_id="X")}

    views = {"ec_video_count": 8, "avg_ec_video_play_count": "1200.5", "avg_ec_live_like_count": 3}
    await imported(graph, tmp_path, (LATE, told(ec_video_count=0, avg_ec_video_play_count=0)), (EARLY, told(**views)))
    assert await shown(graph, "MATCH (r:Report) RETURN r.at, r.videoCount, r.videoViews, r.liveLikes ORDER BY r.at") == [
        (EARLY, 8, 1200.5, 3.0),
        (LATE, 0, None, None),
    ]


async def test_a_content_first_named_by_a_later_export_was_not_known_before(graph: AsyncDriver, tmp_path: Path) -> None:
    line = sku(content_type="VIDEO", content_id=str((EARLY - 86_400) << 32))
    sold = {ORDERS: orders(order("o1", line, create_time=EARLY + 86_400))}
    await imported(graph, tmp_path, (EARLY, {ORDERS: orders()}), (LATE, sold))
    assert await shown(graph, "MATCH (v:Content)-[f:FEATURES]->() RETURN v.publishedAt, v.firstSeenAt, f.firstSeenAt, v.selected") == [
        (EARLY - 86_400, LATE, LATE, True)
    ]


async def test_invitations_taken_up_unanswered_and_open(graph: AsyncDriver, tmp_path: Path) -> None:
    def invitation(name: str, ends_at: int) -> dict[str, Any]:
        counts = {"taken": (1, 0), "posted": (2, 1), "silent": (0, 0)}
        people = [
            {"creator_open_id": who, "username": who, "showcase_product_count": shown_, "content_product_count": posted}
            for who, (shown_, posted) in counts.items()
        ]
        detail = {"id": name, "start_time": EARLY, "end_time": ends_at, "products": [{"id": "p1"}], "creators": people}
        return response(target_collaboration=detail)

    place = owner(tmp_path, exported_at=LATE)
    for name, end in (("ended", LATE - 1), ("open", LATE + 86_400)):
        (place / f"{DETAIL}-{name}.json").write_text(json.dumps(invitation(name, end)))
    await loaded(graph, list(items_of([place])))
    assert await shown(graph, "MATCH (k:Collaboration) RETURN k.id, k.status, k.accepted, k.offeredAt, k.endsAt ORDER BY k.id") == [
        ("ended:posted", "DELIVERED", True, EARLY, LATE - 1),
        ("ended:silent", "EXPIRED", None, EARLY, LATE - 1),
        ("ended:taken", "ACCEPTED", True, EARLY, LATE - 1),
        ("open:posted", "DELIVERED", True, EARLY, LATE + 86_400),
        ("open:silent", "OFFERED", None, EARLY, LATE + 86_400),
        ("open:taken", "ACCEPTED", True, EARLY, LATE + 86_400),
    ]


async def test_an_open_plans_counts_are_known_from_each_export_on(graph: AsyncDriver, tmp_path: Path) -> None:
    def plan(videos: int) -> dict[str, Any]:
        profile = {"creator_open_id": "X", "username": "ann"}
        return response(
            product={"id": "p1"}, creator_content_details=[{"creator_profile": profile, "video_count": videos, "live_count": 1}]
        )

    terms = {"id": "77", "current_commission": {"rate": 1000, "start_time": 1_740_000_000}, "product": {"id": "p1"}}
    line = sku(open_collaboration_id="77")
    late = {PLAN: plan(4), PLANS: response(open_collaborations=[terms]), ORDERS: orders(order("o1", line, create_time=EARLY))}
    await imported(graph, tmp_path, (EARLY, {PLAN: plan(2)}), (LATE, late))
    assert await shown(graph, "MATCH (k:Collaboration) RETURN k.contentCount, k.countedAt, k.contentCounts, k.firstSeenAt") == [
        (5, [EARLY, LATE], [3, 5], EARLY)
    ]
    assert await shown(
        graph,
        "MATCH (k:Collaboration)-[:PROMOTES]->(p) RETURN k.id, k.startsAt, k.offeredAt, k.commissionRate, p.id, COUNT { (k)<-[:UNDER]-() }",
    ) == [("open:p1:X", 1_740_000_000, None, 0.1, "p1", 1)]
