"""Lines sent back against those of the same product, worked by hand."""

import numpy as np
import pytest

from scoring.authenticity.refunds import refunded_orders
from tests.scoring.authenticity.small import line, seen


def sales(*, cheat: int = 5) -> list[dict[str, object]]:
    honest = [line(creator, f"o{creator}.{n}", back=n == 0) for creator in range(1, 10) for n in range(10)]
    return [line(0, f"o0.{n}", back=n < cheat, content="v") for n in range(5)] + honest


def test_who_gets_all_back_where_one_in_ten_is_usual_is_as_improbable_as_that() -> None:
    found = refunded_orders(seen(11, sales=sales(), contents=[]))
    assert (found.observed[0], found.expected[0]) == (5.0, pytest.approx(0.5))
    assert found.p[0] == pytest.approx(0.1**5, rel=0.05)
    assert found.observed[1] == 1.0
    assert found.p[1] > 0.5
    assert np.isnan(found.p[10])


def test_it_cites_the_products_and_contents_that_came_back() -> None:
    video = {"id": "v", "creator_id": "c00", "published_at": 1_727_000_000, "live": False, "live_seconds": 0}
    assert refunded_orders(seen(11, sales=sales(), contents=[video])).evidence(0) == ["Product:balm", "Content:v"]


def test_the_more_goes_back_the_less_probable() -> None:
    p = [float(refunded_orders(seen(11, sales=sales(cheat=back))).p[0]) for back in range(6)]
    assert p == sorted(p, reverse=True)
    assert p[0] == 1.0


def test_a_market_without_sales_judges_nobody() -> None:
    assert np.isnan(refunded_orders(seen(3)).p).all()
