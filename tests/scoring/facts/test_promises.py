"""Promises: what was due, what was kept, and what counts once."""

import math
from typing import Any

import pytest

from tests.scoring.facts.drawn import DAY, END
from tests.scoring.facts.small import deal, known, promoting, sample

DUE = ("promises_due", "promises_kept")
BRANDS = [{"id": name} for name in ("acme", "bolt", "cone")]
OPEN = ("open_promises", "open_promises_kept")


def test_a_sample_that_failed_is_broken_and_one_that_a_brand_refused_or_still_awaits_is_none() -> None:
    told = [sample("kept", "DELIVERED"), sample("broken", "FAILED"), sample("refused", "CANCELLED"), sample("waits", "ACCEPTED")]
    assert known(*DUE, *OPEN, collaborations=told) == (2, 1, 0, 0)


def test_an_invitation_taken_up_is_due_when_it_ends_and_one_not_taken_up_is_no_promise() -> None:
    told = [deal("kept", "DELIVERED"), deal("broken", "ACCEPTED"), deal("ignored", "EXPIRED"), deal("plan", "DELIVERED", kind="OPEN")]
    assert known(*DUE, *OPEN, collaborations=told) == (2, 1, 0, 0)


def test_before_its_deadline_a_promise_stands_apart_and_a_young_one_says_nothing() -> None:
    later = {"ends_at": END + 9 * DAY}
    told = [
        deal("early", "DELIVERED", **later),
        deal("not yet", "ACCEPTED", **later),
        deal("young", "ACCEPTED", **later | {"offered_at": END - 9 * DAY}),
    ]
    assert known(*DUE, *OPEN, collaborations=told) == (0, 0, 2, 1)


def test_promises_beside_those_to_the_brand_with_most_are_counted() -> None:
    beside = ("promises_beside_one_brand", "open_promises_beside_one_brand")
    told = [
        deal(f"{brand} {at}", "DELIVERED", brand_id=brand, ends_at=END + days * DAY)
        for at, (brand, days) in enumerate([("acme", -1), ("acme", -1), ("bolt", -1), ("bolt", 9), ("bolt", 9), ("cone", 9)])
    ]
    assert known(*DUE, *OPEN, *beside, brands=BRANDS, collaborations=told) == (3, 3, 3, 3, 1, 1)
    assert known(*beside, creator="bob", brands=BRANDS, collaborations=told) == (0, 0)


def test_what_is_due_counts_for_four_windows() -> None:
    old = deal("old", "DELIVERED", offered_at=END - 400 * DAY, ends_at=END - 361 * DAY)
    told = [old, deal("recent", "ACCEPTED"), sample("seen now", "DELIVERED")]
    assert known(*DUE, collaborations=told) == (2, 1)
    assert known(*DUE, window=7, collaborations=told) == (2, 1)
    ended = [deal("ended", "ACCEPTED", ends_at=END - 29 * DAY)]
    assert known(*DUE, window=7, collaborations=ended) == (0, 0)
    assert known(*DUE, window=28, collaborations=ended) == (1, 0)


@pytest.mark.parametrize(
    ("given", "due"),
    [
        (sample("s", "FAILED"), (1, 0)),
        (sample("s", "FAILED", offered_at=END - 50 * DAY), (1, 0)),
        (sample("s", "FAILED", offered_at=END - 10 * DAY), (2, 0)),
        (sample("s", "FAILED", creator_id="bob"), (1, 0)),
        (sample("s", "CANCELLED"), (1, 0)),
    ],
)
def test_an_invitation_that_a_sample_meets_is_one_promise_with_it(given: dict[str, Any], due: tuple[int, int]) -> None:
    told = [deal("i", "ACCEPTED"), given]
    assert known(*DUE, collaborations=told, promotions=promoting(i="balm", s="balm")) == due


def test_a_sample_of_another_product_is_a_promise_of_its_own() -> None:
    told = [deal("i", "DELIVERED"), sample("s", "FAILED")]
    assert known(*DUE, collaborations=told, promotions=promoting(i="balm", s="mug")) == (2, 1)
    assert known(*DUE, category="lips", collaborations=told, promotions=promoting(i="balm", s="mug")) == (1, 1)


def test_a_reported_fulfilment_counts_only_where_no_promise_is_seen() -> None:
    reports = [{"creator_id": "ann", "days": 30, "fulfilment_rate": 0.75}]
    assert known("unseen_fulfilment_rate", reports=reports) == (0.75,)
    (seen,) = known("unseen_fulfilment_rate", reports=reports, collaborations=[sample("s", "FAILED")])
    assert math.isnan(seen)
