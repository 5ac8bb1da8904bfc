"""A database that version 1 filled from exports, brought to what the exports mean: as if they were imported now."""

from __future__ import annotations

from typing import Any, Final

from neo4j import AsyncDriver

from graph.corrections import correct
from graph.load.registers import dumped
from graph.rows import Row
from tests.graph.load.market import digest, loaded, row, shown

APPLICATIONS: Final = "seller-search-sample-applications"
FULFILMENTS: Final = "seller-search-sample-applications-fulfillments"
PLANS: Final = "search-open-collaboration"
PLAN: Final = "get-open-collaboration-creator-content-detail"


def age(at: int, path: str) -> str:
    return f"{at:011d} {path} 000000000"


def rows_now() -> list[Row]:
    """What is read today of what the older version read."""

    def sample(at: int, status: str, raw: str) -> Row:
        known = {"id": "sample:1", "kind": "SAMPLE", "approval_due_at": 50, "raw_status": raw, "creator_id": "x"}
        agreed = {} if status == "CANCELLED" else {"accepted": True}
        return row("collaborations", at, path=APPLICATIONS, part=APPLICATIONS, status=status, **known, **agreed)

    plan = {"kind": "OPEN", "status": "DELIVERED", "content_count": 3, "accepted": True, "programme_id": "open:p", "creator_id": "x"}
    return [
        sample(100, "ACCEPTED", "CONTENT_PENDING / PENDING"),
        sample(200, "FAILED", "COMPLETED / FAILED"),
        row("collaborations", 100, path=PLAN, part=PLAN, **plan),
        row("programmes", 100, path=PLANS, programme_id="open:p", starts_at=20),
        row("contents", 200, path=FULFILMENTS, id="v", kind="VIDEO", paid_orders=2, selected=True),
        row("features", 200, path=FULFILMENTS, content_id="v", product_id="p"),
        row("contents", id="w", kind="VIDEO"),
        row("reports", 200, path=APPLICATIONS, id="x:1970-01-01", at=200, creator_id="x", video_count=0, content_count=4),
        row("reports", id="x:1970-01-02", at=86_400, creator_id="x", video_count=1, gmv=5.0, currency="USD"),
    ]


async def as_version_1(graph: AsyncDriver) -> None:
    """Bring a graph that holds `rows_now` to the form in which version 1 kept it."""
    states: dict[str, Any] = {"kind": "SAMPLE", "id": "sample:1", "endsAt": 50, "creator_id": "x", "accepted": True}
    newest = states | {"status": "DELIVERED", "rawStatus": "COMPLETED / FAILED"}
    own = {
        APPLICATIONS: [age(200, APPLICATIONS), newest],
        "@100": [age(100, APPLICATIONS), "ACCEPTED"],
        "@200": [age(200, APPLICATIONS), "DELIVERED"],
    }
    terms = {"programme:": [age(100, PLANS), {"programmeId": "open:p"}], "programme:offeredAt": [age(100, PLANS), {"offeredAt": 20}]}
    await graph.execute_query(
        """
        MATCH (k:Collaboration {id: 'sample:1'})
        SET k += {_own: $own, endsAt: 50, status: 'DELIVERED', statuses: ['ACCEPTED', 'DELIVERED']}
        WITH *
        MATCH (o:Collaboration {id: 'open:p:x'}), (h:Heard {id: 'programme|open:p'})
        SET o.offeredAt = 20, h.register = $terms, o._own = $plan
        REMOVE o.startsAt
        WITH *
        MATCH (v:Content {id: 'v'})-[f:FEATURES]->()
        SET f.orders = 2, f.seenAt = 200
        REMOVE v.paidOrders, v.selected
        WITH *
        MATCH (r:Report {id: 'x:1970-01-01'})
        SET r.videoViews = 0.0
        WITH *
        MATCH (s:Report {id: 'x:1970-01-02'})
        SET s.contentCount = 1
        WITH *
        MATCH (n) WHERE n:Content OR n:Collaboration
        REMOVE n.firstSeenAt, n.countedAt, n.contentCounts
        WITH f
        REMOVE f.firstSeenAt
        """,
        own=dumped(own),
        terms=dumped(terms),
        plan=dumped(
            {
                PLAN: [
                    age(100, PLAN),
                    {
                        "kind": "OPEN",
                        "status": "DELIVERED",
                        "contentCount": 3,
                        "accepted": True,
                        "programmeId": "open:p",
                        "creator_id": "x",
                        "id": "open:p:x",
                    },
                ],
                "@100": [age(100, PLAN), "DELIVERED"],
            }
        ),
    )


async def test_what_version_1_kept_becomes_what_an_import_makes_today(graph: AsyncDriver) -> None:
    await loaded(graph, rows_now())
    today = await digest(graph)
    await as_version_1(graph)
    assert await digest(graph) != today
    for _ in range(2):
        async with graph.session() as session:
            await correct(session)
        assert await shown(graph, "MATCH (k:Collaboration) RETURN k.id, k.status, k.endsAt, k.approvalDueAt, k.startsAt ORDER BY k.id") == [
            ("open:p:x", "DELIVERED", None, None, 20),
            ("sample:1", "FAILED", None, 50, None),
        ]
        assert await shown(
            graph, "MATCH (k:Collaboration) RETURN k.statuses, k.firstSeenAt, k.countedAt, k.contentCounts ORDER BY k.id"
        ) == [
            (["DELIVERED"], 100, [100], [3]),
            (["ACCEPTED", "FAILED"], 100, None, None),
        ]
        assert await shown(
            graph, "MATCH (v:Content)-[f:FEATURES]->() RETURN v.paidOrders, v.selected, v.firstSeenAt, f.orders, f.firstSeenAt"
        ) == [(2, True, 200, None, 200)]
        assert await shown(graph, "MATCH (v:Content {id: 'w'}) RETURN v.firstSeenAt, v.selected") == [(None, None)]
        assert await shown(graph, "MATCH (r:Report) RETURN r.videoCount, r.videoViews, r.contentCount, r.gmvUsd ORDER BY r.at") == [
            (0, None, 4, None),
            (1, None, None, 5.0),
        ]
        again = await loaded(graph, rows_now())
        assert (again.total("created"), again.total("changed")) == (0, 0)
    assert await digest(graph) == today
