"""Each indicator on one creator, held to the formulas by hand, with the declared priors."""

from math import log, sqrt

import numpy as np
import pytest

from scoring import NAMES, apply
from tests.scoring import by_hand as hand
from tests.scoring.rows import declared, facts

CUT = 8 / 4096


def value(name: str, **columns: float) -> float:
    scores = apply(facts({column: [known] for column, known in columns.items()}), declared())
    return float(scores.value[0, NAMES.index(name)])


def test_cooperation():
    expected = hand.score(
        (0.2, hand.share(4, 6)),
        (0.15, 100 - hand.amount(log(3600), 4, 0.5, typical=86_400, noise=1.2)),
        (0.25, hand.share(3, 5, typical=0.8)),
        (0.15, hand.share(2, 4, typical=0.8)),
        (0.15, hand.normal(4.8, 3, centre=4.2, spread=0.4, variance=hand.pooled_variance(0.8, 0.1, 2))),
        (0.1, hand.share(1, 3, typical=0.2)),
    )
    found = value(
        "cooperation",
        answerable=6,
        answered_7d=4,
        answers=4,
        log_answer_mean=log(3600),
        log_answer_var=0.5,
        deliverable=5,
        delivered=3,
        on_time_known=4,
        on_time=2,
        ratings=3,
        rating_mean=4.8,
        rating_var=0.1,
        brands=3,
        repeat_brands=1,
    )
    assert found == pytest.approx(expected, abs=CUT)


def test_cooperation_on_a_report():
    expected = hand.measure(0.95, 1, typical=0.8, spread=0.3, noise=0.3)
    assert value("cooperation", reported_days=30, reported_fulfilment_rate=0.9) == pytest.approx(expected, abs=CUT)


def test_diligence():
    expected = hand.score(
        (0.3, hand.share(8, 10)),
        (0.25, hand.rate(8, 4, typical=2)),
        (0.2, hand.share(6, 28, typical=0.25)),
        (0.15, hand.rate(5, 4, typical=2)),
        (0.1, hand.rate(2, 4, typical=1, unit=2)),
    )
    found = value("diligence", posts=10, shoppable_posts=8, weeks=4, days=28, shoppable_days=6, distinct_products=5, shoppable_live_hours=2)
    assert found == pytest.approx(expected, abs=CUT)


def test_influence_counts_centrality_alone():
    expected = hand.measure(3e-3, 6, typical=1e-4, spread=1.5)
    assert value("influence", influence=3e-3, influence_degree=6, category_sales_share=0.5) == pytest.approx(expected, abs=CUT)
    assert value("influence", influence=3e-3, influence_degree=6) == pytest.approx(expected, abs=CUT)


def test_content_volume():
    expected = hand.score((0.6, hand.rate(20, 4, typical=3)), (0.4, hand.rate(6, 4, typical=1, unit=2)))
    assert value("content_volume", posts=22, videos=20, live_hours=6, weeks=4) == pytest.approx(expected, abs=CUT)


def test_content_volume_on_a_report():
    exposure = 30 / 7
    expected = hand.score((0.6, hand.rate(20, exposure, typical=3, unit=3)), (0.4, hand.rate(6, exposure, typical=1, unit=3)))
    assert value("content_volume", reported_days=30, reported_videos=20, reported_lives=6) == pytest.approx(expected, abs=CUT)


def test_content_success():
    expected = hand.score(
        (0.4, hand.amount(9.0, 12, 1.0, typical=2000, noise=1.2)),
        (0.35, hand.measure(0.08 + 1e-4, 12, typical=0.05, spread=0.6, noise=0.8)),
        (0.25, hand.share(9, 12)),
    )
    found = value(
        "content_success", viewed_posts=12, log_views_mean=9.0, log_views_var=1.0, views=1000, engagements=80, posts_above_median=9
    )
    assert found == pytest.approx(expected, abs=CUT)


def test_content_success_on_a_report():
    expected = hand.score(
        (0.6, hand.measure(5000, 1, typical=2000, noise=0.7)),
        (0.4, hand.measure(0.1 + 1e-4, 1, typical=0.05, spread=0.6, noise=0.5)),
    )
    found = value("content_success", reported_days=30, reported_views_per_video=5000, reported_engagement_rate=0.1)
    assert found == pytest.approx(expected, abs=CUT)


def test_sales_ability():
    # Without peers, one order is worth one dollar: the declared unit is the dispersion alone.
    expected = hand.score(
        (0.3, hand.rate(90, 20, typical=5, unit=4)),
        (0.25, hand.rate(60, 5, typical=10, unit=4)),
        (0.25, hand.rate(6, 100, typical=0.03, unit=2)),
        (0.2, hand.rate(9, 7, typical=1, unit=3)),
    )
    found = value(
        "sales_ability",
        shoppable_posts=7,
        orders=9,
        clicks=100,
        click_orders=6,
        video_views=20_000,
        video_gmv_usd=90,
        video_orders=5,
        live_views=5000,
        live_gmv_usd=60,
        live_orders=4,
    )
    assert found == pytest.approx(expected, abs=CUT)


@pytest.mark.parametrize("exact", [True, False])
def test_sales_ability_on_a_report(exact: bool):
    seen = 1.0 if exact else 1.2**2 / (1.2**2 + log(400 / 100) ** 2 / 12)
    middle = 300.0 if exact else sqrt(100 * 400)
    expected = hand.score(
        (0.6, hand.measure(8 + 0.01, 1, typical=5, spread=1.2)),
        (0.4, hand.measure(middle / 10, seen, typical=20, spread=1.5, noise=1.2)),
    )
    found = value(
        "sales_ability",
        reported_days=30,
        reported_gpm_usd=8,
        reported_videos=10,
        reported_gmv_usd=300 if exact else np.nan,
        reported_gmv_low_usd=100,
        reported_gmv_high_usd=400,
    )
    assert found == pytest.approx(expected, abs=CUT)


def test_collaboration():
    expected = hand.score(
        (0.4, hand.normal(log(4), 8, centre=log(3), spread=0.7, variance=1)),
        (0.3, hand.share(2, 5, typical=0.2)),
        (0.3, hand.measure(1.7, 8, typical=1, spread=0.8)),
    )
    found = value("collaboration", collaborations=8, brand_entropy=log(4), brands=5, repeat_brands=2, network=1.7)
    assert found == pytest.approx(expected, abs=CUT)


def test_collaboration_on_a_report():
    expected = hand.measure(6, 1, typical=3, noise=0.7)
    assert value("collaboration", reported_days=30, reported_brands=6) == pytest.approx(expected, abs=CUT)


def test_consistency():
    expected = hand.score(
        (0.3, 100 - hand.measure(0.2 + 0.01, 9, typical=0.5, spread=0.7, noise=2)),
        (0.25, 100 - hand.measure(0.6 + 0.01, 11, typical=1, spread=0.7, noise=2)),
        (0.2, 100 - hand.measure(0.8 + 0.05, 3, typical=1.2, spread=0.5, noise=1.2)),
        (0.25, hand.share(4, 4, typical=0.7)),
    )
    found = value(
        "consistency",
        posts=12,
        gaps=10,
        gap_log_var=0.2,
        viewed_posts=12,
        log_views_var=0.6,
        sales_weeks=4,
        weekly_sales_cv=0.8,
        week_count=4,
        active_weeks=4,
    )
    assert found == pytest.approx(expected, abs=CUT)


def test_overall_is_the_published_blend():
    columns = {"posts": 22, "videos": 20, "live_hours": 6, "weeks": 4, "influence": 3e-3, "influence_degree": 6}
    columns |= {"collaborations": 8, "brand_entropy": log(4), "brands": 5, "repeat_brands": 2, "network": 1.7}
    names = ("content_volume", "influence", "collaboration")
    parts = [value(name, **columns) for name in names]
    expected = hand.score(*zip((0.1, 0.1, 0.08), parts, strict=True))
    assert value("overall", **columns) == pytest.approx(expected, abs=CUT)
