"""Ratings: the brands' own, and the platform's where none of those is seen."""

import math

import pytest

from tests.scoring.facts.drawn import DAY, END
from tests.scoring.facts.small import deal, known

OWN = ("brand_rating", "brand_rating_var")
UNSEEN = ("unseen_rating", "unseen_rating_var")
HISTORY = [
    {"creator_id": "ann", "at": END - days * DAY, "rating": rating}
    for days, rating in ((0, None), (1, 4.0), (31, 2.0), (61, 3.0), (400, 1.0))
]


def test_brands_ratings_of_four_windows_are_meant_and_the_fewer_the_less_is_known() -> None:
    told = [deal(str(days), "DELIVERED", rating=stars, rated_at=END - days * DAY) for days, stars in ((10, 5.0), (200, 3.0), (361, 1.0))]
    assert known(*OWN, collaborations=told) == (4.0, pytest.approx((2 + 0.5) / 4))
    assert known(*OWN, window=28, collaborations=told) == (5.0, 0.5)
    assert all(math.isnan(one) for one in known(*OWN, creator="bob", collaborations=told))


def test_ratings_beside_those_of_the_brand_with_most_are_counted() -> None:
    brands = ("acme", "acme", "bolt", "acme", "bolt", "cone")
    told = [deal(str(n), "DELIVERED", rating=4.0, rated_at=END - (1 + n) * DAY, brand_id=brand) for n, brand in enumerate(brands)]
    assert known("brand_ratings", "ratings_beside_one_brand", collaborations=told) == (6.0, 3.0)
    assert known("brand_ratings", "ratings_beside_one_brand", collaborations=told[:2]) == (2.0, 0.0)
    assert known("ratings_beside_one_brand", creator="bob", collaborations=told) == (0.0,)


def test_reported_ratings_are_meant_over_reports_known_then() -> None:
    assert known(*UNSEEN, report_history=HISTORY) == (3.0, pytest.approx((2 + 0.5) / 9))
    assert known(*UNSEEN, report_history=HISTORY, as_of=END - 40 * DAY) == (2.0, pytest.approx((2 + 0.5) / 4))
    assert all(math.isnan(one) for one in known(*UNSEEN, creator="bob", report_history=HISTORY))


def test_a_reported_rating_says_nothing_where_a_brands_own_is_seen() -> None:
    told = [deal("i", "DELIVERED", rating=5.0, rated_at=END - DAY)]
    assert all(math.isnan(one) for one in known(*UNSEEN, collaborations=told, report_history=HISTORY))
