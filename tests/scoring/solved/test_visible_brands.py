"""What contents count for where few brands of a region are seen."""

from typing import Any

import numpy as np
import pytest

from scoring.facts import Period, market, table
from scoring.solved import solved
from tests.scoring.facts.drawn import END, ROWS, event_tables

BREADTH = ("compared_contents", "other_brand_contents")


def breadth(*plans: tuple[str, str, int], **more: Any) -> tuple[float, ...]:
    """Return what is compared of ann over everything: plans are creator, brand and contents; all creators are of one region."""
    creators = [{"id": name, "region": "US"} for name in sorted({"ann", *(creator for creator, _, _ in plans)})]
    rows = {
        "creators": creators,
        "brands": [{"id": brand} for brand in ("acme", "bolt", "cyan")],
        "products": [{"id": f"of {brand}", "brand_id": brand} for brand in ("acme", "bolt", "cyan")],
        "collaborations": [
            {"id": str(at), "creator_id": who, "brand_id": brand, "kind": "OPEN", "status": "DELIVERED", "content_count": count}
            for at, (who, brand, count) in enumerate(plans)
        ],
        "promotions": [{"collaboration_id": str(at), "product_id": f"of {brand}"} for at, (_, brand, _) in enumerate(plans)],
    }
    empty = {name: [] for name in ROWS if name not in rows}
    seen = market(event_tables({**empty, **rows, **more}), Period(END))
    facts = solved(seen, table(seen)).facts
    (at,) = np.flatnonzero((facts["creator"] == "ann") & (facts["window"] == 90) & (facts["category"] == "*"))
    return tuple(float(facts[name][at]) for name in BREADTH)


REPORT = {"reports": [{"creator_id": "ann", "days": 30, "brand_collaboration_count": 4}]}


def test_where_one_brand_is_seen_contents_for_it_say_nothing():
    assert breadth(("ann", "acme", 9), ("bob", "acme", 3)) == (0, 0)


def test_there_the_platforms_number_of_brands_stands_in():
    assert breadth(("ann", "acme", 9), ("bob", "acme", 3), **REPORT) == (1, 0.75)


def test_where_two_brands_are_seen_alike_contents_count_whole():
    assert breadth(("ann", "acme", 9), ("bob", "bolt", 3), **REPORT) == (8, 0)


def test_where_another_brand_is_rare_contents_count_in_part():
    compared, other = breadth(("ann", "acme", 9), *((name, "acme", 1) for name in "bcdefgh"), ("i", "bolt", 1))
    share = 8 / 9
    evenness = 1 - np.exp(share * np.log(share) + (1 - share) * np.log(1 - share))
    assert (compared, other) == (pytest.approx(8 * 2 * evenness), 0)
