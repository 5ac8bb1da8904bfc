"""Appeals of products and categories, net of who shows them."""

import numpy as np
import pytest

from scoring.facts import Period, market
from scoring.solved import category_appeals, product_appeals
from scoring.solved.selling import selling
from tests.scoring.facts.drawn import END, event_tables

DAY = 86_400
CREATORS = [f"c{number}" for number in range(12)]
GOODS = [f"p{number}" for number in range(6)]


def tables(*, brands: int):
    """Return a market in which everyone shows every product once, and p0 sells ten times as often as the others."""
    posts = [(creator, product, f"{creator}-{product}") for creator in CREATORS for product in GOODS]
    at = END - 20 * DAY
    orders = [(creator, product, name, n) for creator, product, name in posts for n in range(20 if product == "p0" else 2)]
    return event_tables(
        {
            "creators": [{"id": each, "region": "US", "follower_count": 1000} for each in CREATORS],
            "brands": [{"id": f"b{number}"} for number in range(brands)],
            "categories": [{"id": "bags"}],
            "products": [
                {"id": each, "category_id": "bags", "brand_id": f"b{place % brands}", "price_usd": 10.0} for place, each in enumerate(GOODS)
            ],
            "contents": [
                {"id": name, "creator_id": creator, "published_at": at, "views": 1000, "live": False} for creator, _, name in posts
            ],
            "features": [{"content_id": name, "creator_id": creator, "product_id": product, "at": at} for creator, product, name in posts],
            "sales": [
                {
                    "order_id": f"{name}-{n}",
                    "at": at + DAY,
                    "creator_id": creator,
                    "product_id": product,
                    "content_id": name,
                    "content_kind": "VIDEO",
                    "quantity": 1,
                    "refunded_quantity": 0,
                    "gmv_usd": 10.0,
                }
                for creator, product, name, n in orders
            ],
        }
    )


def test_who_sells_ten_times_as_often_has_ten_times_the_appeal():
    found = market(tables(brands=6), Period(END))
    told = product_appeals(found, selling(found))
    assert told.id.tolist() == GOODS
    assert told.ratio[0] / told.ratio[1:] == pytest.approx(np.full(5, 10.0), rel=0.15)
    assert ((told.low < told.ratio) & (told.ratio < told.high)).all()
    assert told.posts.tolist() == [12.0] * 6
    assert not told.apart.any()


@pytest.mark.parametrize(("brands", "names"), [(4, []), (5, ["bags"])])
def test_a_category_of_few_brands_is_not_told(brands: int, names: list[str]):
    found = market(tables(brands=brands), Period(END))
    told = category_appeals(found, selling(found))
    assert told.id.tolist() == names
    assert (told.low < told.high).all()


def test_products_of_no_known_category_are_told_in_none():
    whole = tables(brands=6)
    products = [each | {"category_id": None} for each in whole["products"].to_pylist()]
    bare = event_tables({"products": products})["products"]
    found = market(whole | {"products": bare}, Period(END))
    assert category_appeals(found, selling(found)).id.tolist() == []
