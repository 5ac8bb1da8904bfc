"""How much is produced, and how much of it can be shopped."""

from typing import Any

import pytest

CATEGORIES = """
CREATE (beauty:Category {id: '1'}), (lips:Category {id: '11'})-[:CHILD_OF]->(beauty), (balm:Category {id: '111'})-[:CHILD_OF]->(lips),
       (home:Category {id: '2'}),
       (p1:Product {id: 'p1'})-[:IN_CATEGORY]->(balm),
       (p2:Product {id: 'p2'})-[:IN_CATEGORY]->(lips), (p3:Product {id: 'p3'})-[:IN_CATEGORY]->(home),
       (ann:Creator {id: 'ann', handle: 'ann', region: 'US'})
"""


async def test_counts_posts_by_kind_and_what_of_them_can_be_shopped(draw: Any, ask: Any) -> None:
    await draw(
        CATEGORIES
        + """
        CREATE (ann)-[:PUBLISHED]->(v:Content:Video {id: 'v', kind: 'VIDEO', publishedAt: $end - $day, views: 100}),
               (ann)-[:PUBLISHED]->(:Content:Video {id: 'w', kind: 'VIDEO', publishedAt: $end - $day + 9, views: 7}),
               (ann)-[:PUBLISHED]->(l:Content:LiveStream {id: 'l', kind: 'LIVE', publishedAt: $end - 2 * $day, views: 40}),
               (ann)-[:PUBLISHED]->(:Content:LiveStream {id: 'm', kind: 'LIVE', publishedAt: $end - 3 * $day, durationSeconds: 1800}),
               (v)-[:FEATURES]->(p1), (v)-[:FEATURES]->(p2), (l)-[:FEATURES]->(p1), (l)-[:FEATURES]->(p3)
        SET l.endedAt = $end - 2 * $day + 5400
        """
    )
    known = await ask()
    assert known.of("posts", "videos", "lives", "live_hours") == (4, 2, 2, 2)
    assert known.of("shoppable_posts", "shoppable_days", "distinct_products", "shoppable_live_hours") == (2, 2, 3, 1.5)
    assert known.of("video_posts", "live_posts", "shoppable_views", "video_views", "live_views") == (1, 1, 140, 100, 40)


async def test_rolls_up_and_counts_a_post_once_for_each_category_above(draw: Any, ask: Any) -> None:
    await draw(
        CATEGORIES
        + """
        CREATE (ann)-[:PUBLISHED]->(v:Content:Video {id: 'v', kind: 'VIDEO', publishedAt: $end - $day}),
               (v)-[:FEATURES]->(p1), (v)-[:FEATURES]->(p2)
        """
    )
    known = await ask()
    columns = ("posts", "shoppable_posts", "distinct_products")
    assert known.of(*columns, category="1") == (1, 1, 2)
    assert known.of(*columns, category="11") == (1, 1, 2)
    assert known.of(*columns, category="111") == (1, 1, 1)
    with pytest.raises(KeyError):
        known("posts", category="2")


async def test_a_window_is_whole_days_from_its_first_second_to_its_last(draw: Any, ask: Any) -> None:
    times = [("before", "-7 * $day - 1"), ("first", "-7 * $day"), ("last", "-1"), ("after", "")]
    made = "".join(
        f"CREATE (ann)-[:PUBLISHED]->(:Content:Video {{id: '{name}', kind: 'VIDEO', publishedAt: $end {shift}}})\n" for name, shift in times
    )
    await draw(CATEGORIES + made)
    known = await ask()
    assert known("posts", window=7) == 2
    assert known("posts", window=28) == 3


async def test_a_day_that_is_not_over_counts_in_no_window(draw: Any, ask: Any) -> None:
    await draw(CATEGORIES + "CREATE (ann)-[:PUBLISHED]->(:Content:Video {id: 'v', kind: 'VIDEO', publishedAt: $end + 5})")
    assert (await ask(20_000 * 86_400 + 3600))("posts") == 0
    assert (await ask(20_001 * 86_400))("posts") == 1


async def test_a_category_under_itself_ends(draw: Any, ask: Any) -> None:
    await draw("""
    CREATE (a:Category {id: 'a'})-[:CHILD_OF]->(b:Category {id: 'b'})-[:CHILD_OF]->(a), (p:Product {id: 'p'})-[:IN_CATEGORY]->(a),
           (ann:Creator {id: 'ann', handle: 'ann', region: 'US'})-[:PUBLISHED]->(v:Content {id: 'v', kind: 'VIDEO', publishedAt: $end - 1}),
           (v)-[:FEATURES]->(p)
    """)
    known = await ask()
    assert (known("posts", category="a"), known("posts", category="b")) == (1, 1)
