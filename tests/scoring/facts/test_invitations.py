"""Invitations: whose time to answer is over, and which were answered."""

from tests.scoring.facts.drawn import DAY, END
from tests.scoring.facts.small import deal, known

ENDED = ("ended_invitations", "ended_invitations_answered")
OPEN = ("open_invitations", "open_invitations_answered")
BRANDS = [{"id": name} for name in ("acme", "bolt", "cone")]
LATER = {"ends_at": END + DAY}


def test_where_answers_have_no_times_an_invitation_is_over_when_it_ends() -> None:
    told = [deal("taken", "ACCEPTED"), deal("kept", "DELIVERED"), deal("ignored", "EXPIRED"), deal("withdrawn", "CANCELLED")]
    assert known(*ENDED, *OPEN, collaborations=told) == (3, 2, 0, 0)


def test_one_that_may_still_be_taken_up_stands_apart_once_it_is_a_week_old() -> None:
    told = [
        deal("taken", "ACCEPTED", **LATER),
        deal("not yet", "OFFERED", **LATER),
        deal("young", "ACCEPTED", **LATER | {"offered_at": END - 6 * DAY}),
    ]
    assert known(*ENDED, *OPEN, collaborations=told) == (0, 0, 2, 1)


def test_where_answers_have_times_they_must_come_within_a_week() -> None:
    told = [
        deal("yes", "ACCEPTED", answered_at=END - 59 * DAY, accepted=True, **LATER),
        deal("no", "DECLINED", answered_at=END - 53 * DAY, **LATER),
        deal("late", "ACCEPTED", answered_at=END - 50 * DAY, accepted=True, **LATER),
        deal("never", "OFFERED", **LATER),
        deal("young", "ACCEPTED", **LATER | {"offered_at": END - 2 * DAY, "answered_at": END - DAY}),
    ]
    assert known(*ENDED, *OPEN, collaborations=told) == (4, 2, 0, 0)


def test_one_without_a_time_of_offer_invites_nobody_and_four_windows_count() -> None:
    told = [deal("old", "ACCEPTED", offered_at=END - 30 * DAY), deal("undated", "ACCEPTED", offered_at=None)]
    assert known(*ENDED, collaborations=told) == (1, 1)
    assert known(*ENDED, window=7, collaborations=told) == (0, 0)


def test_invitations_beside_those_by_the_brand_with_most_are_counted() -> None:
    beside = ("ended_invitations_beside_one_brand", "open_invitations_beside_one_brand")
    ended = [deal(f"ended {at}", "EXPIRED", brand_id=brand) for at, brand in enumerate(["acme", "acme", "bolt"])]
    still = [deal(f"open {at}", "OFFERED", brand_id=brand, **LATER) for at, brand in enumerate(["bolt", "cone", "acme"])]
    assert known(*ENDED, *OPEN, *beside, brands=BRANDS, collaborations=ended + still) == (3, 0, 3, 0, 1, 2)
