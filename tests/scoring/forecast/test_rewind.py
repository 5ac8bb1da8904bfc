"""What an earlier date's run would have known: nothing from then on."""

import numpy as np
import pytest

from scoring.facts import Period, market
from scoring.forecast.replays import after, replays
from scoring.forecast.rewind import first_event, rewound
from tests.scoring.facts.drawn import DAY, END, ROWS, event_tables

SALE = {"product_id": "balm", "quantity": 1, "gmv_usd": 10.0}


def drawn(**rows):
    return market(event_tables(ROWS | rows), Period(END))


def test_orders_posts_and_reports_count_by_their_own_times():
    then = rewound(drawn(), END - 2 * DAY)
    assert len(then.sales.at) == 0
    assert len(then.past_posts.at) == 0
    assert then.report_history.videos.tolist() == [9.0]
    assert np.isnan(then.reports["reported_videos"]).all()
    later = rewound(drawn(), END - DAY)
    assert later.past_posts.live.tolist() == [True]
    assert later.past_features.post.tolist() == [0]


def test_a_content_that_only_an_order_names_is_known_from_the_order_on():
    content = {"id": "v", "creator_id": "ann", "published_at": END - 60 * DAY, "live": False, "selected": True}
    sales = [SALE | {"content_id": "v", "content_kind": "VIDEO", "at": END - days * DAY} for days in (20, 40)]
    found = drawn(contents=[content], features=[], sales=sales)
    assert len(rewound(found, END - 50 * DAY).past_posts.at) == 0
    assert len(rewound(found, END - 30 * DAY).past_posts.at) == 1


def test_a_plans_content_is_taken_as_made_evenly_over_the_creators_time():
    plan = {"id": "p", "brand_id": "acme", "kind": "OPEN", "status": "DELIVERED", "content_count": 10}
    rows = {
        "contents": [],
        "features": [],
        "collaborations": [plan | {"creator_id": "bob"}, plan | {"id": "q", "creator_id": "ann"}],
        "sales": [SALE | {"at": END - 40 * DAY}],
    }
    then = rewound(drawn(**rows), END - 10 * DAY)
    counts = dict(zip(then.creators.id[then.deals.creator].tolist(), then.deals.content_count.tolist(), strict=True))
    # bob was there for 40 days, of which 30 had passed; ann joined 10 days before the end
    assert counts == {"bob": pytest.approx(7.5), "ann": 0.0}


def test_what_came_after_a_date_is_net_and_of_28_days():
    sales = [
        SALE | {"quantity": 2, "refunded_quantity": units, "at": END - days * DAY} for units, days in ((0, 28), (1, 1), (0, 29), (2, 5))
    ]
    found = drawn(contents=[], features=[], sales=sales)
    assert dict(zip(found.creators.id.tolist(), after(found, END - 28 * DAY).tolist(), strict=True)) == {"ann": 15.0, "bob": 0.0}
    assert after(found, END).tolist() == [0.0, 0.0]


def test_no_date_is_replayed_before_which_little_was_known():
    sales = [SALE | {"at": END - days * DAY} for days in (1, 60)]
    found = drawn(contents=[], features=[], sales=sales)
    assert first_event(found) == END - 60 * DAY
    assert [each.at for each in replays(found)] == [END - 28 * DAY]


def test_what_comes_later_changes_nothing_that_was_known():
    early = [SALE | {"at": END - days * DAY} for days in (40, 50, 60)]
    late = [SALE | {"creator_id": "bob", "quantity": 9, "gmv_usd": 900.0, "at": END - days * DAY} for days in (1, 2)]
    one, other = (replays(drawn(contents=[], features=[], sales=early + more))[0].history for more in ([], late))
    assert one.columns() == pytest.approx(other.columns(), abs=1e-12)
