"""How many see the content and react."""

import math
from typing import Any

import pytest

POSTS = """
UNWIND $posts AS post
MERGE (c:Creator {id: post.by})
SET c.handle = post.by, c.region = coalesce(post.region, 'US'), c.followerCount = coalesce(post.followers, 5)
CREATE (c)-[:PUBLISHED]->(t:Content:Video {id: post.id, kind: 'VIDEO', publishedAt: $end - $day})
SET t.views = post.views, t.likes = post.likes, t.shares = post.shares
"""


async def test_sums_what_is_known_and_takes_moments_of_logs(draw: Any, ask: Any) -> None:
    posts = [
        {"by": "ann", "id": "1", "views": 9, "likes": 2, "shares": 1},
        {"by": "ann", "id": "2", "views": 99, "likes": 4},
        {"by": "ann", "id": "3", "views": None, "likes": 50},
        {"by": "ann", "id": "4", "views": 0},
    ]
    await draw(POSTS, posts=posts)
    known = await ask()
    assert known.of("views", "engagements", "viewed_posts") == (108, 7, 3)
    logs = [math.log(10), math.log(100), 0]
    mean = sum(logs) / 3
    assert known("log_views_mean") == pytest.approx(mean)
    assert known("log_views_var") == pytest.approx(sum((each - mean) ** 2 for each in logs) / 2)


async def test_unknown_engagement_and_too_few_views_are_unknown_not_zero(draw: Any, ask: Any) -> None:
    await draw(POSTS, posts=[{"by": "ann", "id": "1", "views": 9}, {"by": "bob", "id": "2", "views": None}])
    known = await ask()
    assert math.isnan(known("engagements"))
    assert math.isnan(known("log_views_var"))
    assert math.isnan(known("log_views_mean", "bob"))
    assert known.of("engagements", "viewed_posts", creator="bob") == (0, 0)


async def test_compares_with_the_median_post_of_peers(draw: Any, ask: Any) -> None:
    posts = [
        {"by": by, "id": f"{by}{views}", "views": views, "region": region, "followers": followers}
        for by, region, followers, all_views in (
            ("ann", "US", 5, (10, 20, 30)),
            ("bob", "US", 6, (40,)),
            ("cat", "GB", 5, (1000, 2000)),
            ("dan", "US", 5_000, (5, 6, 7)),
        )
        for views in all_views
    ]
    await draw(POSTS, posts=posts)
    known = await ask()
    assert [known("posts_above_median", creator) for creator in ("ann", "bob", "cat", "dan")] == [1, 1, 1, 1]
