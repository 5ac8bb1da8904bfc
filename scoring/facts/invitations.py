"""Does the creator answer invitations?"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import ABSENT, Bools, Columns
from scoring.facts.events.deals import Deals
from scoring.facts.period import DAY
from scoring.facts.view import View

IN_TIME: Final = 7 * DAY


def invitations(view: View) -> Columns:
    """Return invitations whose time to answer is over, and those that may still be taken up, each with those answered.

    They count in the last four windows. Where a brand's data tell when answers came, the time is a week from the offer; where they
    do not, an invitation is over when it ends, for an answer that is not seen yet may still come.
    """
    deals, as_of = view.market.deals, view.market.period.as_of
    said = deals.invited & ((deals.status != "CANCELLED") | _replied(deals))
    timed = _timed(deals)
    aged = deals.offered + IN_TIME <= as_of
    ended = (deals.status == "EXPIRED") | (deals.ends <= as_of)
    over = view.lately(deals.offered, said & (ended | (timed & aged)))
    still_open = view.lately(deals.offered, said & ~timed & ~ended & aged)
    answered = (timed & (deals.answered - deals.offered <= IN_TIME)) | (~timed & _replied(deals))
    return {
        "ended_invitations": view.rows.count(over),
        "ended_invitations_answered": view.rows.count(over.where(answered)),
        "ended_invitations_beside_one_brand": view.rows.beside_one(over, deals.brand),
        "open_invitations": view.rows.count(still_open),
        "open_invitations_answered": view.rows.count(still_open.where(answered)),
        "open_invitations_beside_one_brand": view.rows.beside_one(still_open, deals.brand),
    }


def _replied(deals: Deals) -> Bools:
    return deals.accepted | (deals.status == "DECLINED") | ~np.isnan(deals.answered)


def _timed(deals: Deals) -> Bools:
    """Return which invitations are of brands whose data tell when answers came."""
    telling = np.unique(deals.brand[~np.isnan(deals.answered)])
    return np.where(deals.brand == ABSENT, ~np.isnan(deals.answered), np.isin(deals.brand, telling))
