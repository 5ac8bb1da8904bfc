"""What an event moved: the facts without it are those of a market that never had it, and points stand on them."""

from __future__ import annotations

import numpy as np
import pytest

from scoring import FACTS, NAMES, apply, fit
from scoring.effects import EventKind, Scored, effects, events, missing, points_of_news
from scoring.effects.events import Event, Rows
from scoring.effects.without import Rules, facts_without
from scoring.errors import ScoringError
from scoring.facts import BESIDE, Period
from scoring.proof import sealed_facts
from tests.scoring.effects.drawn import ROWS, facts_of, row_of, tables_of
from tests.scoring.facts.drawn import DAY, END
from tests.scoring.rows import market

PERIOD = Period(END)
TABLES = tables_of()
EVENTS = events(TABLES)
FACTS_OF_ALL = facts_of(TABLES, PERIOD)
FIT = fit(market(200, seed=1))
COUNTED = (
    *("promises_due", "promises_kept", "ended_invitations", "ended_invitations_answered", "listed_posts", "listed_shoppable_posts"),
    *("brand_rating", "compared_contents", "other_brand_contents", "weekly_posts_dispersion", "views_dispersion"),
    *("unseen_rating", "reported_gpm_usd"),
)
"""Facts that stand on the creator's own events alone; of others the part that is learnt from the market differs in a market of one."""


def event(kind: EventKind, name: str) -> Event:
    (found,) = (each for each in EVENTS if each.key == (kind.value, name))
    return found


def scored(indicator: str = "overall", **more: object) -> Scored:
    kept = {
        name: column
        for name, column in row_of(FACTS_OF_ALL).items()
        if name in FACTS | BESIDE | {"creator", "region", "window", "category", "tier"}
    }
    return Scored(kept, FIT, indicator, TABLES, PERIOD, **more)  # pyright: ignore[reportArgumentType]


def without(rows: Rows, window: int, category: str = "*"):
    dropped = {
        name: table.filter(np.isin(np.arange(table.num_rows), rows[name], invert=True)) if name in rows else table
        for name, table in TABLES.items()
    }
    return row_of(facts_of(dropped, PERIOD), window, category)


def test_events_are_contents_collaborations_reports_and_the_lines_of_a_product() -> None:
    kinds = [each.kind for each in EVENTS]
    assert {kind: kinds.count(kind) for kind in EventKind} == {
        EventKind.CONTENT: 15,
        EventKind.COLLABORATION: 3,
        EventKind.REPORT: 2,
        EventKind.SALES: 2,
    }
    assert event(EventKind.SALES, "balm").at == END - 5 * DAY + 60
    assert event(EventKind.REPORT, "early").at == END - 40 * DAY
    assert event(EventKind.CONTENT, "v5").rows["features"].tolist() == [0]


@pytest.mark.parametrize("window", [7, 28, 90])
def test_facts_without_an_event_are_those_of_a_market_that_never_had_it(window: int) -> None:
    rules = Rules(FIT.formula.signed, frozenset(), solve=True, check=lambda: None)
    found = facts_without(row_of(FACTS_OF_ALL, window), TABLES, PERIOD, [each.rows for each in EVENTS], rules)
    for place, each in enumerate(EVENTS, start=1):
        expected = without(each.rows, window)
        for name in COUNTED:
            assert found[name][0] == pytest.approx(row_of(FACTS_OF_ALL, window)[name][0], nan_ok=True), name
            assert found[name][place] == pytest.approx(expected[name][0], nan_ok=True), (each.key, name)


def test_the_report_before_stands_in_for_the_latest() -> None:
    rules = Rules(FIT.formula.signed, frozenset(), solve=False, check=lambda: None)
    rows = [event(EventKind.REPORT, name).rows for name in ("late", "early")]
    found = facts_without(row_of(FACTS_OF_ALL), TABLES, PERIOD, rows, rules)
    assert found["reported_gpm_usd"].tolist() == [8.0, 2.0, 8.0]
    assert found["unseen_rating"].tolist() == [4.0, 3.5, 4.5]


def test_a_broken_promise_costs_points_and_a_kept_one_earns_some() -> None:
    points = {each.event.id: each.points for each in effects(scored("cooperation"), EVENTS)}
    assert points["broken"] < 0 < points["kept"]
    assert points["unheard"] < 0
    assert "v5" not in points


@pytest.mark.parametrize("indicator", NAMES)
def test_points_are_what_the_score_would_lack(indicator: str) -> None:
    found = effects(scored(indicator), EVENTS)
    sizes = [abs(each.points) for each in found if each.points is not None]
    assert sizes == sorted(sizes, reverse=True)
    assert 0.0 not in sizes
    whole = apply(scored().facts, FIT).value[0, NAMES.index(indicator)]
    first = next(each for each in found if each.points is not None)
    (as_is, less) = scored(indicator).without([first.event.rows])
    assert as_is == whole
    assert less is not None
    assert whole - less == pytest.approx(first.points, rel=0.15), "what else is left out at the same time matters little"


def test_the_order_of_rows_changes_nothing() -> None:
    turned = tables_of()
    for name in ("contents", "features", "sales", "collaborations", "promotions", "report_history"):
        turned[name] = turned[name].take(np.arange(turned[name].num_rows)[::-1])
    other = Scored(scored().facts, FIT, "overall", turned, PERIOD)
    first = {each.event.key: each.points for each in effects(scored(), EVENTS)}
    again = {each.event.key: each.points for each in effects(other, events(turned))}
    assert again == pytest.approx(first, abs=1e-9)


def test_what_is_held_moves_nothing() -> None:
    own = effects(scored("sales_ability"), EVENTS)
    assert {each.event.kind for each in own} >= {EventKind.SALES, EventKind.CONTENT}
    assert effects(scored("sales_ability", held=sealed_facts()), EVENTS) == []
    assert EventKind.SALES not in {each.event.kind for each in effects(scored("influence", held=sealed_facts()), EVENTS)}


def test_without_the_only_evidence_there_is_no_score() -> None:
    kept = ("creators", "brands", "categories", "products", "promotions")
    rows = {name: ROWS[name] for name in kept} | {"collaborations": ROWS["collaborations"][:1]}
    tables = tables_of(rows)
    own = row_of(facts_of(tables, PERIOD))
    found = effects(Scored(own, FIT, "cooperation", tables, PERIOD), events(tables))
    assert [(each.event.id, each.points) for each in found] == [("kept", None)]


def test_nobody_s_events_and_unknown_names() -> None:
    assert effects(scored(), []) == []
    with pytest.raises(ScoringError, match="no indicator charm"):
        effects(scored("charm"), EVENTS)


def test_news_are_told_by_kind_and_nothing_new_moves_nothing() -> None:
    then = END - 35 * DAY
    later, earlier = scored("content_success"), Scored(scored().facts, FIT, "content_success", _as_of(then), Period(then))
    assert set(points_of_news(later, later).values()) == {0.0}
    found = points_of_news(earlier, later)
    assert found[EventKind.CONTENT] != 0.0
    assert found[EventKind.COLLABORATION] == 0.0
    back = points_of_news(later, earlier)
    assert all(back[kind] == pytest.approx(-(found[kind] or 0.0)) for kind in EventKind)


def _as_of(until: int):
    tables = tables_of()
    for name, column in (("contents", "published_at"), ("sales", "at"), ("report_history", "at")):
        tables[name] = tables[name].filter(np.asarray(tables[name][column].to_pylist()) < until)
    return tables


def test_what_tables_lack_is_found_row_by_row_however_they_are_ordered() -> None:
    for each in EVENTS:
        if each.kind is EventKind.REPORT:
            continue
        dropped = {
            name: table.filter(np.isin(np.arange(table.num_rows), each.rows[name], invert=True)) if name in each.rows else table
            for name, table in TABLES.items()
        }
        turned = {name: table.take(np.arange(table.num_rows)[::-1].copy()) for name, table in dropped.items()}
        expected = {name: places.tolist() for name, places in each.rows.items() if len(places)}
        assert {name: places.tolist() for name, places in missing(TABLES, turned).items()} == expected, each.key
    assert missing(TABLES, TABLES) == {}
