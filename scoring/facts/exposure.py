"""For how much of the window has the creator been there?"""

from __future__ import annotations

import numpy as np

from scoring.facts.arrays import Columns, Floats, Ints
from scoring.facts.market import Market
from scoring.facts.period import DAY
from scoring.facts.view import View


def exposure(view: View) -> Columns:
    """Return whole UTC days from the day the creator was first seen, at most the window, and the same in weeks."""
    days = days_there(view.market, view.window)[view.rows.creator]
    return {"days": days, "weeks": days / 7}


def days_there(market: Market, window: int) -> Floats:
    """Return the days for each creator; the whole window where neither joining nor first sight is known."""
    people = market.creators
    start = np.fmin(people.joined, people.first_seen)
    known = ~np.isnan(start)
    first_event = np.fmin(*(_first(events.creator, events.at, len(start)) for events in (market.posts, market.sales)))
    start_day = np.where(known, np.fmin(start, first_event), 0.0) // DAY
    return np.clip(market.period.until // DAY - start_day, 0, window)


def _first(creators: Ints, times: Ints, people: int) -> Floats:
    """Return each creator's first event, of events sorted by creator and time; NaN for a creator without any."""
    place = np.searchsorted(creators, np.arange(people))
    found = np.append(creators, people)[place] == np.arange(people)
    return np.where(found, np.append(times, 0)[place], np.nan)
