"""Until when the graph tells."""

from typing import Any

from graph.events import latest
from graph.reader import Reader

END = 20_000 * 86_400


async def test_is_the_newest_event_or_sight(graph: Any, draw: Any) -> None:
    await draw("CREATE (:Content {id: 'v', kind: 'VIDEO', publishedAt: $end + 100}), (:Report {id: 'r', at: $end + 50})")
    assert await latest(Reader(graph)) == END + 100
    await draw("CREATE (:Sale {id: 's', orderId: 's', status: 'PLACED', at: $end, seenAt: [$end, $end + 9000]})")
    assert await latest(Reader(graph)) == END + 9000


async def test_a_day_that_tells_of_its_last_hour_is_over(graph: Any, draw: Any) -> None:
    await draw("CREATE (:Content {id: 'v', kind: 'VIDEO', publishedAt: $end - 3600})")
    assert await latest(Reader(graph)) == END


async def test_without_events_there_is_none(graph: Any, draw: Any) -> None:
    await draw("CREATE (:Creator {id: 'ann', handle: 'ann', region: 'US'})")
    assert await latest(Reader(graph)) is None
