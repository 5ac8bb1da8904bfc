"""Orders one upon the other, worked by hand."""

import numpy as np
import pytest

from scoring.authenticity.bursts import _followed, ordered_at_once  # pyright: ignore[reportPrivateUsage] -- the figures behind the p-value
from tests.scoring.authenticity.small import line, seen, video
from tests.scoring.facts.drawn import DAY, END

POSTED = END - 7 * DAY


def test_the_chance_of_a_next_order_is_the_crowds_share_of_the_span_for_each_other_order() -> None:
    close, chance = _followed(np.array([0, 0, 1]), np.array([0.0, 600.0, 5_000.0]))
    assert close.tolist() == [1.0, 0.0, 0.0]
    assert chance == pytest.approx([2 / 3, 1 / 3, 0.0])


def test_one_sitting_stands_out_of_a_crowd() -> None:
    contents = [video(f"v{n}", n) for n in range(25)]
    crowd = [line(n, f"o{n}.{i}", at=POSTED + (n + 1) * 997 + i * 9_000, content=f"v{n}") for n in range(1, 25) for i in range(8)]
    sitting = [line(0, f"own{i}", at=POSTED + 3_600 + i * 240, content="v0") for i in range(6)]
    found = ordered_at_once(seen(25, contents=contents, sales=crowd + sitting))
    assert found.observed[:2].tolist() == [5.0, 0.0]
    assert found.p[0] < 2e-3
    assert (found.p[1:] == 1.0).all()
    assert found.evidence(0) == ["Content:v0"]


def test_who_sold_hardly_anything_or_live_only_is_not_judged() -> None:
    live = [line(0, f"o{i}", content="l") | {"content_kind": "LIVE"} for i in range(9)]
    contents = [video("l", 0, published_at=END - 86 * DAY) | {"live": True}]
    assert np.isnan(ordered_at_once(seen(2, contents=contents, sales=live)).p).all()
