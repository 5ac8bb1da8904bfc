"""A run as of an earlier time sees what was known then."""

from typing import Any

from graph.events import event_tables
from graph.reader import Reader
from scoring.facts import Period

DAY = 86_400
END = 20_000 * DAY

CONTENTS = """
CREATE (ann:Creator {id: 'ann', handle: 'ann', region: 'US'}), (p:Product {id: 'p'}), (q:Product {id: 'q'}),
       (ann)-[:PUBLISHED]->(v:Content {id: 'v', kind: 'VIDEO', publishedAt: $end - 20 * $day, selected: true}),
       (ann)-[:PUBLISHED]->(w:Content {id: 'w', kind: 'VIDEO', publishedAt: $end - 20 * $day, selected: true}),
       (ann)-[:PUBLISHED]->(:Content {id: 'x', kind: 'VIDEO', publishedAt: $end - 20 * $day}),
       (v)-[:FEATURES {firstSeenAt: $end - 9 * $day}]->(p), (v)-[:FEATURES {firstSeenAt: $end}]->(q),
       (w)-[:FEATURES {firstSeenAt: $end}]->(p)
SET v.firstSeenAt = $end - 9 * $day, w.firstSeenAt = $end
"""


async def test_contents_first_named_later_do_not_count(draw: Any, ask: Any) -> None:
    await draw(CONTENTS)
    columns = ("posts", "shoppable_posts", "distinct_products")
    assert (await ask(END - 10 * DAY)).of(*columns) == (1, 0, 0)
    assert (await ask(END - 9 * DAY)).of(*columns) == (2, 1, 1)
    assert (await ask(END)).of(*columns) == (3, 2, 2)


PLAN = """
CREATE (ann:Creator {id: 'ann', handle: 'ann', region: 'US'}), (b:Brand {id: 'b'}), (p:Product {id: 'p'}),
       (b)-[:OFFERED]->(k:Collaboration {id: 'k', kind: 'OPEN', status: 'DELIVERED', accepted: true, contentCount: 7,
         startsAt: $end - 300 * $day, firstSeenAt: $end - 9 * $day, seenAt: [$end - 9 * $day, $end], statuses: ['ACCEPTED', 'DELIVERED'],
         countedAt: [$end - 9 * $day, $end], contentCounts: [0, 7]})-[:WITH]->(ann), (k)-[:PROMOTES]->(p)
"""


async def test_a_plans_posts_are_those_counted_by_then(graph: Any, draw: Any) -> None:
    await draw(PLAN)
    assert (await event_tables(Reader(graph), Period(END - 10 * DAY)))["collaborations"].num_rows == 0
    for as_of, status, count in ((END - DAY, "ACCEPTED", 0), (END, "DELIVERED", 7)):
        (plan,) = (await event_tables(Reader(graph), Period(as_of)))["collaborations"].to_pylist()
        assert (plan["status"], plan["content_count"]) == (status, count)


SAMPLES = """
CREATE (ann:Creator {id: 'ann', handle: 'ann', region: 'US'}), (b:Brand {id: 'b'})
WITH ann, b
UNWIND [['open', 'ACCEPTED', 'ACCEPTED'], ['failed', 'ACCEPTED', 'FAILED'],
  ['kept', 'ACCEPTED', 'DELIVERED'], ['refused', 'OFFERED', 'CANCELLED']] AS each
CREATE (b)-[:OFFERED]->(:Collaboration {id: each[0], kind: 'SAMPLE', status: each[2], seenAt: [$end - 40 * $day, $end - 9 * $day],
  statuses: [each[1], each[2]], firstSeenAt: $end - 40 * $day, approvalDueAt: $end - 39 * $day, accepted: each[2] <> 'CANCELLED',
  deliveredAt: CASE each[0] WHEN 'kept' THEN $end - 30 * $day WHEN 'failed' THEN $end - 20 * $day END})-[:WITH]->(ann)
"""


async def test_a_failed_sample_is_a_promise_broken_and_an_open_one_is_neither(draw: Any, ask: Any) -> None:
    await draw(SAMPLES)
    assert (await ask()).of("deliverable", "delivered", "collaborations") == (2, 1, 3)
    assert (await ask(END - 10 * DAY)).of("deliverable", "delivered", "collaborations") == (0, 0, 3)


async def test_an_invitation_was_taken_up_when_that_was_first_known(graph: Any, draw: Any) -> None:
    await draw(
        """
        CREATE (:Creator {id: 'ann', handle: 'ann', region: 'US'})<-[:WITH]-(:Collaboration {id: 'k', kind: 'TARGETED', status: 'CANCELLED',
          accepted: true, seenAt: [$end - 9, $end], statuses: ['OFFERED', 'CANCELLED'], offeredAt: $end - $day, firstSeenAt: $end - 9})
        """
    )
    for as_of, accepted in ((END - 9, False), (END, True)):
        (row,) = (await event_tables(Reader(graph), Period(as_of)))["collaborations"].to_pylist()
        assert row["accepted"] is accepted


async def test_reports_are_told_day_by_day(graph: Any, draw: Any) -> None:
    await draw(
        """
        CREATE (ann:Creator {id: 'ann', handle: 'ann', region: 'US'}),
          (:Report {id: '1', at: $end - 9, days: 30, contentCount: 4})-[:ABOUT]->(ann),
          (:Report {id: '2', at: $end, medianVideoViews: 9.0, rating: 4.5})-[:ABOUT]->(ann),
          (:Report {id: '3', at: $end + 1, videoCount: 1})-[:ABOUT]->(ann)
        """
    )
    tables = await event_tables(Reader(graph), Period(END))
    told = [{name: value for name, value in row.items() if value is not None} for row in tables["report_history"].to_pylist()]
    assert sorted(told, key=lambda row: row["at"]) == [
        {"creator_id": "ann", "at": END - 9, "days": 30, "content_count": 4},
        {"creator_id": "ann", "at": END, "median_video_views": 9, "rating": 4.5},
    ]
