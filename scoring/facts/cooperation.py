"""Does the creator answer brands, deliver, and please them?"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import ABSENT, Bools, Columns
from scoring.facts.events.deals import Deals
from scoring.facts.period import DAY
from scoring.facts.view import View

IN_TIME: Final = 7 * DAY


def cooperation(view: View) -> Columns:
    """Return numbers of invitations, deliveries and ratings, each counted in the window in which it happened.

    An invitation happens when it is offered, a delivery when it comes or fails to, a rating when it is given.
    """
    return _answers(view) | _deliveries(view) | _ratings(view)


def _answers(view: View) -> Columns:
    deals, rows = view.market.deals, view.rows
    invited = view.deals_in(deals.offered, deals.invited)
    seconds = np.maximum(deals.answered - deals.offered, 0)
    answered = invited.where(~np.isnan(seconds))
    mean, variance = rows.moments(answered, np.log1p(seconds))
    return {
        "invitations": rows.count(invited),
        "answerable": rows.count(invited.where(_answerable(deals, view.market.period.as_of))),
        "answered_7d": rows.count(answered.where(seconds <= IN_TIME)),
        "answers": rows.count(answered),
        "log_answer_mean": mean,
        "log_answer_var": variance,
    }


def _answerable(deals: Deals, as_of: int) -> Bools:
    """Return which invitations say whether they were answered within seven days.

    Where a brand's data carry no times of answers, its unanswered invitations say nothing either: to count them would
    rate the source, not the creator. What a brand withdrew unanswered says nothing too.
    """
    timed = ~np.isnan(deals.answered)
    replied = deals.accepted | (deals.status == "DECLINED")
    untimed_brand = np.setdiff1d(deals.brand[replied & ~timed], deals.brand[timed])
    untimed = np.isin(deals.brand, untimed_brand) & (deals.brand != ABSENT)
    over = (deals.offered + IN_TIME <= as_of) | (deals.status == "EXPIRED")
    return timed | (over & ~replied & ~untimed & (deals.status != "CANCELLED"))


def _deliveries(view: View) -> Columns:
    deals, rows = view.market.deals, view.rows
    concluded = view.deals_in(deals.concluded(view.market.period.as_of), deals.accepted)
    timed = ~np.isnan(deals.due) & (~deals.done | ~np.isnan(deals.delivered))
    return {
        "accepted": rows.count(view.deals_in(deals.taken_up, deals.accepted & deals.invited)),
        "deliverable": rows.count(concluded),
        "delivered": rows.count(concluded.where(deals.done)),
        "on_time_known": rows.count(concluded.where(timed)),
        "on_time": rows.count(concluded.where(timed & (deals.delivered <= deals.due))),
    }


def _ratings(view: View) -> Columns:
    deals, rows = view.market.deals, view.rows
    rated = view.deals_in(deals.rated, ~np.isnan(deals.rating))
    mean, variance = rows.moments(rated, deals.rating)
    return {"ratings": rows.count(rated), "rating_mean": mean, "rating_var": variance}
