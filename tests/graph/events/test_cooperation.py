"""Answers, deliveries and ratings, as they were known at the time."""

import math
from typing import Any

import pytest

DEALS = """
MERGE (c:Creator {id: 'ann'}) ON CREATE SET c.handle = 'ann', c.region = 'US'
WITH c
UNWIND $deals AS deal
MERGE (b:Brand {id: coalesce(deal.brand, 'acme')})
CREATE (b)-[:OFFERED]->(k:Collaboration)-[:WITH]->(c)
SET k = {id: toString(deal.id), kind: coalesce(deal.kind, 'TARGETED'), status: coalesce(deal.status, 'OFFERED'), accepted: deal.accepted,
  offeredAt: $end + deal.offered * $day, answeredAt: $end + deal.answered * $day, dueAt: $end + deal.due * $day,
  deliveredAt: $end + deal.delivered * $day, endsAt: $end + deal.ends * $day, approvedAt: $end + deal.approved * $day,
  sampleDeliveredAt: $end + deal.arrived * $day, rating: deal.rating, ratedAt: $end + deal.rated * $day,
  seenAt: [shift IN deal.seen | $end + shift * $day], statuses: deal.statuses}
"""
ANSWERS = ("invitations", "answerable", "answered_7d", "answers", "accepted")
DELIVERIES = ("deliverable", "delivered", "on_time_known", "on_time")


def deals(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows with ids."""
    return [{"id": number, **row} for number, row in enumerate(rows)]


async def test_counts_invitations_and_their_answers(draw: Any, ask: Any) -> None:
    rows = deals(
        {"offered": -20, "answered": -13, "status": "ACCEPTED"},
        {"offered": -20, "answered": -12.9, "status": "DECLINED"},
        {"offered": -20},
        {"offered": -3},
        {"offered": -3, "status": "EXPIRED"},
        {"offered": -20, "status": "CANCELLED"},
        {"offered": -20, "answered": -19, "status": "ACCEPTED", "kind": "OPEN"},
    )
    for row in rows:
        row["answered"] = row.get("answered")
    await draw(DEALS.replace("$end + deal.answered * $day", "toInteger($end + deal.answered * $day)"), deals=rows)
    known = await ask()
    assert known.of(*ANSWERS) == (6, 4, 1, 2, 1)
    logs = [math.log1p(7 * 86_400), math.log1p(int(7.1 * 86_400))]
    assert known("log_answer_mean") == pytest.approx(sum(logs) / 2)
    assert known("collaborations") == 2


async def test_brands_whose_data_carry_no_times_of_answers_say_nothing_of_them(draw: Any, ask: Any) -> None:
    await draw(DEALS, deals=deals({"offered": -20, "status": "ACCEPTED"}, {"offered": -20}, {"offered": -20, "brand": "other"}))
    assert (await ask()).of("invitations", "answerable", "answers", "accepted") == (3, 1, 0, 1)


async def test_counts_deliveries_when_they_come_or_fail_to(draw: Any, ask: Any) -> None:
    yes = {"offered": -60, "answered": -59, "status": "ACCEPTED"}
    rows = deals(
        {**yes, "due": -5, "delivered": -6, "status": "DELIVERED"},
        {**yes, "due": -5, "delivered": -4, "status": "DELIVERED"},
        {**yes, "due": -3},
        {**yes, "due": 3},
        {**yes, "ends": -2},
        {**yes, "due": -3, "status": "CANCELLED"},
        {**yes, "delivered": -1, "status": "DELIVERED"},
        {"offered": -60, "answered": -59, "status": "DECLINED", "due": -3},
        {**yes, "due": -40},
    )
    await draw(DEALS, deals=rows)
    known = await ask()
    assert known.of(*DELIVERIES, window=7) == (5, 3, 3, 1)
    assert known.of(*DELIVERIES) == (6, 3, 4, 1)
    assert known("accepted", window=7) == 0


async def test_a_sample_is_due_a_fortnight_after_it_came_else_three_weeks_after_approval(draw: Any, ask: Any) -> None:
    sample = {"kind": "SAMPLE", "offered": -60, "status": "DELIVERED"}
    rows = deals(
        {**sample, "arrived": -20, "approved": -50, "delivered": -6},
        {**sample, "arrived": -21, "delivered": -6},
        {**sample, "approved": -27, "delivered": -6},
        {**sample, "approved": -28, "delivered": -6},
    )
    await draw(DEALS, deals=rows)
    assert (await ask()).of(*DELIVERIES) == (4, 4, 4, 2)


async def test_content_that_was_delivered_tells_when_nothing_else_does(draw: Any, ask: Any) -> None:
    await draw(DEALS, deals=deals({"offered": -60, "answered": -59, "status": "ACCEPTED", "due": -5}))
    await draw("MATCH (k:Collaboration) CREATE (k)-[:DELIVERED]->(:Content {id: 'v', kind: 'VIDEO', publishedAt: $end - 6 * $day})")
    assert (await ask()).of(*DELIVERIES) == (1, 1, 1, 1)


async def test_knows_of_a_collaboration_only_what_had_been_seen(draw: Any, ask: Any) -> None:
    row = {"offered": -30, "answered": -20, "delivered": -10, "due": -12, "status": "DELIVERED", "rating": 4.0, "rated": -5}
    history = {"seen": [-30, -20, -10], "statuses": ["OFFERED", "ACCEPTED", "DELIVERED"]}
    await draw(DEALS, deals=deals({**row, **history}))
    end = 20_000 * 86_400
    columns = ("invitations", "accepted", "deliverable", "delivered", "on_time_known", "on_time", "ratings")
    seen = [(await ask(int(end + day * 86_400))).of(*columns) for day in (-31, -21, -15, -10.5, -9, -4)]
    assert seen == [
        (0, 0, 0, 0, 0, 0, 0),
        (1, 0, 0, 0, 0, 0, 0),
        (1, 1, 0, 0, 0, 0, 0),
        (1, 1, 1, 0, 1, 0, 0),
        (1, 1, 1, 1, 1, 0, 0),
        (1, 1, 1, 1, 1, 0, 1),
    ]


async def test_times_alone_tell_an_earlier_state_where_no_history_was_kept(draw: Any, ask: Any) -> None:
    await draw(DEALS, deals=deals({"offered": -30, "answered": -20, "delivered": -10, "due": -11, "status": "DELIVERED"}))
    end = 20_000 * 86_400
    columns = ("accepted", "deliverable", "delivered")
    assert [(await ask(int(end + day * 86_400))).of(*columns) for day in (-21, -15, -9)] == [(0, 0, 0), (1, 0, 0), (1, 1, 1)]


async def test_ratings_have_mean_and_variance(draw: Any, ask: Any) -> None:
    rated = [{"offered": -30, "status": "DELIVERED", "rating": stars, "rated": -3} for stars in (5.0, 4.0, 3.0)]
    await draw(DEALS, deals=deals(*rated))
    known = await ask()
    assert known.of("ratings", "rating_mean", "rating_var") == (3, 4, 1)
