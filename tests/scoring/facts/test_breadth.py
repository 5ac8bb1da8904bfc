"""Breadth: contents by brand, and what a reported number of brands adds."""

import math
from typing import Any

import pytest

from tests.scoring.facts.drawn import DAY, END, ROWS
from tests.scoring.facts.small import known, promoting

BREADTH = ("compared_contents", "other_brand_contents")
GOODS: dict[str, Any] = {
    "brands": [{"id": "acme"}, {"id": "bolt"}],
    "products": [*ROWS["products"], {"id": "lamp", "brand_id": "bolt"}],
}


def plan(name: str, count: int | None, **more: Any) -> dict[str, Any]:
    return {"id": name, "kind": "OPEN", "status": "DELIVERED", "brand_id": "acme", "content_count": count, **more}


def test_contents_are_those_that_open_plans_count() -> None:
    told = [plan("a", 3), plan("b", 1, brand_id="bolt"), plan("none", None)]
    compared, other = known(*BREADTH, **GOODS, collaborations=told, promotions=promoting(a="balm", b="lamp", none="mug"))
    entropy = -(0.75 * math.log(0.75) + 0.25 * math.log(0.25)) + 1 / (2 * 4)
    assert (compared, other) == (3, pytest.approx(3 * (1 - math.exp(-entropy))))


def test_one_content_compares_with_nothing_and_contents_for_one_brand_are_none_for_another() -> None:
    assert known(*BREADTH, collaborations=[plan("a", 1)], promotions=promoting(a="balm")) == (0, 0)
    assert known(*BREADTH, collaborations=[plan("a", 5)], promotions=promoting(a="balm")) == (4, 0)
    assert known(*BREADTH) == (0, 0)


def test_a_plan_told_twice_counts_once_and_posts_seen_do_not_add_to_it() -> None:
    told = [plan("a", 4), plan("a again", 5)]
    posts = [{"id": name, "creator_id": "ann", "published_at": END - DAY, "live": False} for name in "vw"]
    shown = [{"content_id": name, "product_id": "balm"} for name in "vw"]
    more = {"contents": posts, "features": shown}
    pairs = [{"collaboration_id": one["id"], "product_id": "balm"} for one in told]
    assert known(*BREADTH, collaborations=told, promotions=pairs, **more) == (4, 0)
    assert known(*BREADTH, **more) == (1, 0)


def test_posts_of_half_a_year_and_sales_show_brands_where_no_plan_does() -> None:
    posts = [{"id": "v", "creator_id": "ann", "published_at": END - 150 * DAY, "live": False}]
    sold = [{"product_id": "lamp", "quantity": 1, "gmv_usd": 9.0}]
    compared, other = known(*BREADTH, **GOODS, contents=posts, features=[{"content_id": "v", "product_id": "balm"}], sales=sold)
    assert (compared, other) == (1, pytest.approx(1 - math.exp(-math.log(2) - 1 / 4)))
    assert known("posts", contents=posts) == (0,)


def test_the_platforms_number_of_brands_stands_in_where_no_contents_are_compared() -> None:
    told, reports = [plan("a", 9)], [{"creator_id": "ann", "days": 30, "brand_collaboration_count": 4}]
    assert known(*BREADTH, collaborations=told, promotions=promoting(a="balm"), reports=reports) == (8, 0)
    assert known(*BREADTH, collaborations=[plan("a", 1)], promotions=promoting(a="balm"), reports=reports) == (1, 0.75)
    assert known(*BREADTH, reports=reports) == (1, 0.75)


def test_evenly_spread_contents_are_each_worth_more_than_a_comparison() -> None:
    def worth(*counts: int) -> Any:
        told = [plan("a", counts[0]), *(plan("b", count, brand_id="bolt") for count in counts[1:])]
        return known("compared_contents_worth", **GOODS, collaborations=told, promotions=promoting(a="balm", b="lamp"))[0]

    assert worth(9) == 1
    assert worth(5, 5) == pytest.approx(2 * math.exp(1 / (2 * 10)))
    uneven = 0.9 * math.log(0.9) ** 2 + 0.1 * math.log(0.1) ** 2 - (0.9 * math.log(0.9) + 0.1 * math.log(0.1)) ** 2
    entropy = -(0.9 * math.log(0.9) + 0.1 * math.log(0.1)) + 1 / (2 * 10)
    assert worth(9, 1) == pytest.approx(max(math.exp(entropy) / (1 + uneven), 1.0))


def test_a_reported_number_of_brands_adds_nothing_where_contents_are_compared() -> None:
    posts = [{"id": name, "creator_id": "ann", "published_at": END - DAY, "live": False} for name in "vw"]
    shown = [{"content_id": name, "product_id": "balm"} for name in "vw"]
    more: dict[str, Any] = {"reports": [{"creator_id": "ann", "days": 30, "brand_collaboration_count": 4}], "contents": posts}
    of_both, of_three = ([{"creator_id": "ann", "at": END, "days": 30, "video_count": count}] for count in (2, 3))
    assert known(*BREADTH, **more, features=shown, report_history=of_both) == (1, 0)
    assert known(*BREADTH, **more, features=shown, report_history=of_three) == (1, 0)
    alone = {**more, "contents": posts[:1]}
    assert known(*BREADTH, **alone, features=shown[:1], report_history=of_both) == (1, 0.75)
