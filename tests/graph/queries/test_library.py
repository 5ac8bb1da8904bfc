"""The questions that come with the product, on a market small enough to answer them by hand."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date as day
from typing import Any

import numpy as np
import pytest
from neo4j import READ_ACCESS, AsyncDriver

from graph.queries.library import QUESTIONS, Question
from graph.queries.parameters import NAME, ParameterType, bound
from tests.conftest import TestServer
from tests.graph.queries.little_market import draw_little_market

BY_NAME = {each.name: each for each in QUESTIONS}
approx = pytest.approx


@pytest.fixture(scope="module")
async def market(neo4j: TestServer, _schema: None) -> AsyncIterator[AsyncDriver]:
    """Return a driver on the little market, which no test of this module changes."""
    async with neo4j.driver() as driver:
        await driver.execute_query("MATCH (n) DETACH DELETE n")
        await draw_little_market(driver)
        yield driver


async def rows(driver: AsyncDriver, name: str, **given: Any) -> list[dict[str, Any]]:
    """Return a question's rows, with its defaults but for what is given."""
    question = BY_NAME[name]
    async with driver.session(default_access_mode=READ_ACCESS) as session:
        result = await session.run(question.text, bound(question.parameters, given))
        return [
            {key: value.to_native() if hasattr(value, "to_native") else value for key, value in record.items()} async for record in result
        ]


def picked(found: list[dict[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in found]


def test_every_number_has_a_least_value_or_a_choice() -> None:
    numbers = [each for question in QUESTIONS for each in question.parameters if each.type in (ParameterType.INT, ParameterType.FLOAT)]
    assert len(numbers) > len(QUESTIONS)
    assert [each.name for each in numbers if each.least is None and not each.among] == []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)
async def test_every_question_runs_as_it_is_and_has_rows(market: AsyncDriver, question: Question) -> None:
    assert await rows(market, question.name)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)
def test_every_question_is_declared_as_it_is_written(question: Question) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", question.name)
    assert question.description.endswith(".")
    assert set(re.findall(r"\$(\w+)", question.text)) == {each.name for each in question.parameters}
    assert all(NAME.fullmatch(each.name) and each.description for each in question.parameters)
    assert re.search(r"\bLIMIT\b", question.text)


def test_there_are_twenty_at_least() -> None:
    assert len(BY_NAME) == len(QUESTIONS) >= 20


async def test_rising_creators(market: AsyncDriver) -> None:
    found = await rows(market, "rising-creators")
    assert picked(found, "creator", "gmvUsd", "gmvUsdBefore", "gain", "ratio") == [
        ("dan", 400.0, 0.0, 400.0, None),
        ("ben", 120.0, 0.0, 120.0, None),
        ("ana", 90.0, 30.0, 60.0, 3.0),
    ]
    assert picked(await rows(market, "rising-creators", region="GB"), "creator") == []


async def test_creators_across_categories(market: AsyncDriver) -> None:
    (ben,) = await rows(market, "creators-across-categories")
    assert (ben["creator"], ben["categories"], sorted(ben["names"])) == ("ben", 2, ["Home", "Wear"])
    assert (ben["effectiveCategories"], ben["largestShare"]) == (approx(2.0), 0.5)


async def test_outliers_lie_off_the_least_squares_line(market: AsyncDriver) -> None:
    followers, net = np.log([1000, 90_000, 100_000, 10]), np.log([120.0, 120.0, 200.0, 400.0])
    slope, start = np.polyfit(followers, net, 1)
    rest = net - start - slope * followers
    deviations = rest / np.sqrt((rest**2).sum() / 2)
    found = {row["creator"]: row for row in await rows(market, "followers-and-sales-outliers", minDeviations=0)}
    assert [found[creator]["deviations"] for creator in ("ana", "ben", "cat", "dan")] == approx(deviations.tolist())
    assert found["ana"]["slope"] == approx(slope)
    assert len(await rows(market, "followers-and-sales-outliers")) == (abs(deviations) >= 1).sum()


async def test_creators_with_sales_but_no_posts(market: AsyncDriver) -> None:
    (dan,) = await rows(market, "creators-with-sales-but-no-posts")
    assert (dan["creator"], dan["orderLines"], dan["gmvUsd"], dan["last"]) == ("dan", 3, 1419.0, day(2024, 10, 2))


async def test_cohort_retention(market: AsyncDriver) -> None:
    found = await rows(market, "cohort-retention")
    assert picked(found, "cohort", "creators", "monthsLater", "share") == [
        (day(2024, 8, 1), 1, 0, 1.0),
        (day(2024, 8, 1), 1, 1, 1.0),
        (day(2024, 9, 1), 2, 0, 1.0),
    ]


async def test_bridges_between_communities(market: AsyncDriver) -> None:
    assert picked(await rows(market, "bridges-between-communities"), "creator", "solePairs", "pairs") == [("ana", 1, 1)]


async def test_ranking_stability(market: AsyncDriver) -> None:
    (us,) = await rows(market, "ranking-stability")
    assert us == {"region": "US", "creators": 2, "correlation": approx(-1.0), "meanMove": 1.0, "largestMove": 1.0}


async def test_brands_losing_creators(market: AsyncDriver) -> None:
    assert picked(await rows(market, "brands-losing-creators"), "brand", "lost", "won", "kept", "lostShare") == [("acme", 1, 2, 1, 0.5)]


async def test_repeat_collaboration_rate(market: AsyncDriver) -> None:
    found = await rows(market, "repeat-collaboration-rate")
    assert picked(found, "brand", "creators", "repeated", "repeatRate", "collaborationsPerCreator") == [
        ("acme", 2, 1, 0.5, 1.5),
        ("bolt", 2, 0, 0.0, 1.0),
    ]


@pytest.mark.parametrize("given", [{}, {"brand": "Brand:acme", "other": "bolt"}])
async def test_overlap_of_two_brands(market: AsyncDriver, given: dict[str, str]) -> None:
    (found,) = await rows(market, "overlap-of-two-brands", **given)
    assert (found["brand"], found["other"], found["creators"], found["otherCreators"]) == ("acme", "bolt", 2, 2)
    assert (found["common"], found["jaccard"]) == (1, approx(1 / 3))
    assert (found["gmvUsdOfCommon"], found["otherGmvUsdOfCommon"]) == (80.0, 40.0)


@pytest.mark.parametrize("given", [{"brand": "acme", "other": "nobody"}, {"brand": "acme"}, {"other": "bolt"}])
async def test_an_unseen_or_missing_brand_overlaps_with_nobody(market: AsyncDriver, given: dict[str, str]) -> None:
    assert await rows(market, "overlap-of-two-brands", **given) == []


async def test_collaboration_funnel(market: AsyncDriver) -> None:
    found = await rows(market, "collaboration-funnel")
    assert picked(found, "kind", "offered", "answered", "accepted", "delivered", "sold") == [
        ("SAMPLE", 1, 1, 1, 0, 0),
        ("TARGETED", 3, 2, 1, 1, 1),
    ]


async def test_time_to_answer(market: AsyncDriver) -> None:
    sample, targeted = await rows(market, "time-to-answer")
    assert (sample["median"], sample["unansweredShare"]) == (24.0, 0.0)
    quartiles = [targeted[each] for each in ("lowerQuartile", "median", "upperQuartile", "p90")]
    assert (quartiles, targeted["unansweredShare"]) == (approx([3.0, 4.0, 5.0, 5.6]), approx(1 / 3))


async def test_category_concentration(market: AsyncDriver) -> None:
    found = await rows(market, "category-concentration")
    assert picked(found, "category", "creators", "gmvUsd") == [("shoes", 2, 480.0), ("home", 2, 260.0), ("wear", 2, 100.0)]
    assert (found[2]["firstShare"], found[2]["firstTenShare"], found[2]["herfindahl"]) == (approx(0.6), approx(1.0), approx(0.52))
    assert found[2]["effectiveCreators"] == approx(np.exp(-0.6 * np.log(0.6) - 0.4 * np.log(0.4)))


async def test_refund_rates_by_product(market: AsyncDriver) -> None:
    found = await rows(market, "refund-rates-by-product")
    assert picked(found, "product", "units", "refunded", "rate") == [
        ("shoe", 4, 1, 0.25),
        ("lamp", 6, 1, approx(1 / 6)),
        ("hat", 2, 0, 0.0),
    ]
    assert 0 < found[0]["rateAtLeast"] < 0.25


async def test_unsold_showcase(market: AsyncDriver) -> None:
    found = await rows(market, "unsold-showcase")
    assert picked(found, "product", "brand", "posts", "creators", "clicks") == [("vase", "Cove", 1, 1, 7)]


async def test_commission_and_sales(market: AsyncDriver) -> None:
    found = await rows(market, "commission-and-sales")
    columns = ("products", "soldShare", "creatorsPerProduct", "gmvUsdPerProduct", "unitsPerProduct")
    assert picked(found, *columns) == [(2, 1.0, 2.5, 405.0, 5.0), (1, 1.0, 2.0, 100.0, 2.0)]
    assert [row["commissionFrom"] for row in found] == approx([0.1, 0.2])


async def test_category_entry_funnel(market: AsyncDriver) -> None:
    found = await rows(market, "category-entry-funnel")
    assert picked(found, "category", "entered", "sold", "soldAgain", "medianDaysToFirstSale") == [
        ("home", 2, 2, 0, 2.0),
        ("shoes", 2, 1, 0, 1.0),
        ("wear", 2, 2, 0, 3.0),
    ]
    assert picked(await rows(market, "category-entry-funnel", category="Category:shoes"), "category") == [("shoes",)]


async def test_live_and_video_by_week(market: AsyncDriver) -> None:
    found = await rows(market, "live-and-video-by-week")
    assert all(row["week"].isoweekday() == 1 for row in found)
    totals = [sum(row[each] for row in found) for each in ("videoGmvUsd", "liveGmvUsd", "otherGmvUsd")]
    assert totals == [370.0, 120.0, 420.0]


async def test_seasonality_by_weekday(market: AsyncDriver) -> None:
    found = await rows(market, "seasonality-by-weekday", weeks=1)
    # Of the last seven days: 60 on Friday (with ben's hat), 60 on Saturday, 40 on Sunday, 400 on Monday, 20 on Tuesday.
    assert picked(found, "weekday", "gmvUsdADay") == [(1, 400.0), (2, 20.0), (5, 60.0), (6, 60.0), (7, 40.0)]
    assert found[0]["overMean"] == approx(400 * 7 / 580)


async def test_co_promotion_pairs(market: AsyncDriver) -> None:
    assert picked(await rows(market, "co-promotion-pairs"), "creator", "other", "shared", "names") == [("ana", "ben", 2, True)]


async def test_mention_cascades(market: AsyncDriver) -> None:
    (ana,) = await rows(market, "mention-cascades")
    assert (ana["creator"], ana["relays"], ana["reached"], ana["fastestDays"]) == ("ana", 1, 1, 2.0)
    assert ana["example"] == ["Ana", "Ben", "Cat"]
    assert await rows(market, "mention-cascades", within=1) == []


async def test_on_an_empty_graph_no_question_has_rows_and_none_fails(graph: AsyncDriver) -> None:
    for name in BY_NAME:
        assert await rows(graph, name) == []
