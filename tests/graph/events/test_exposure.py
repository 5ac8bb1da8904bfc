"""For how much of the window a creator has been there."""

from typing import Any

import pytest


async def test_counts_whole_days_from_the_day_of_joining(draw: Any, ask: Any) -> None:
    await draw("CREATE (:Creator {id: 'ann', handle: 'ann', region: 'US', joinedAt: $end - 10 * $day + 5})")
    known = await ask()
    assert known.of("days", "weeks") == (10, 10 / 7)
    assert known.of("days", "weeks", window=7) == (7, 1)


async def test_takes_the_earlier_of_joining_first_sight_and_first_event(draw: Any, ask: Any) -> None:
    await draw("""
    CREATE (ann:Creator {id: 'ann', handle: 'ann', region: 'US', joinedAt: $end - 10 * $day, firstSeenAt: $end - 3 * $day})
    CREATE (ann)-[:PUBLISHED]->(:Content:Video {id: 'v', kind: 'VIDEO', publishedAt: $end - 20 * $day})
    """)
    assert (await ask())("days") == 20


async def test_is_the_whole_window_where_nothing_is_known_and_none_before_the_first_sight(draw: Any, ask: Any) -> None:
    await draw("""
    CREATE (:Creator {id: 'ann', handle: 'ann', region: 'US'}),
           (:Creator {id: 'bob', handle: 'bob', region: 'US', firstSeenAt: $end + $day})
    """)
    known = await ask()
    assert known("days") == 90
    assert known("days", "bob") == 0


async def test_an_empty_graph_has_columns_without_rows(graph: Any, ask: Any) -> None:
    known = await ask()
    assert {len(column) for column in known.columns.values()} == {0}


@pytest.mark.parametrize(
    ("followers", "tier"),
    [(None, -1), (0, 0), (999, 0), (1_000, 1), (9_999, 1), (10_000, 2), (100_000, 3), (500_000, 4), (999_999, 4), (1_000_000, 5)],
)
async def test_tiers_begin_at_round_numbers(draw: Any, ask: Any, followers: int | None, tier: int) -> None:
    await draw("CREATE (:Creator {id: 'ann', handle: 'ann', region: 'US', followerCount: $followers})", followers=followers)
    assert (await ask())("tier") == tier
