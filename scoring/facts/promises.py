"""Does the creator keep promises? An invitation or a sample taken up is a promise of content."""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import ABSENT, Bools, Columns, Floats, Ints
from scoring.facts.events.deals import AGREED, Deals, first_known
from scoring.facts.period import DAY
from scoring.facts.view import View

SETTLING: Final = 10 * DAY
"""A promise younger than that says nothing yet."""


def promises(view: View) -> Columns:
    """Return promises that were due, and those that still may be kept; what the brand ended or refused is none of the creator's.

    They count in the last four windows, for few are due in one. A promise whose deadline is to come is counted apart even where
    it is kept: among those, only the kept ones would be settled.
    """
    deals, as_of = view.market.deals, view.market.period.as_of
    promised = deals.accepted & (deals.kind != "OPEN") & (deals.done | (deals.status != "CANCELLED")) & ~met_by_sample(deals)
    settled = view.lately(_settled(deals, as_of), promised)
    still_open = promised & (first_known(deals.due, deals.ends) > as_of) & (deals.status != "FAILED")
    pending = view.lately(deals.taken_up, still_open & (deals.taken_up <= as_of - SETTLING))
    due = view.rows.count(settled)
    return {
        "promises_due": due,
        "promises_kept": view.rows.count(settled.where(deals.done)),
        "promises_beside_one_brand": view.rows.beside_one(settled, deals.brand),
        "open_promises": view.rows.count(pending),
        "open_promises_kept": view.rows.count(pending.where(deals.done)),
        "open_promises_beside_one_brand": view.rows.beside_one(pending, deals.brand),
        "unseen_fulfilment_rate": np.where(due > 0, np.nan, view.overall(view.market.reports["reported_fulfilment_rate"])),
    }


def _settled(deals: Deals, as_of: int) -> Floats:
    """Return when it was known whether each promise is kept; NaN while it may still be."""
    deadline = first_known(deals.due, deals.ends)
    seen = np.where(deals.done | np.isin(deals.status, ("FAILED", "EXPIRED")), deals.status_since, np.nan)
    past = np.where(deadline <= as_of, deadline, np.nan)
    early = np.where(np.isnan(deadline) | (deals.status == "FAILED"), first_known(deals.delivered, seen), np.nan)
    unseen = np.where(deals.done & np.isnan(deadline), deals.taken_up, np.nan)
    return first_known(past, early, unseen)


def met_by_sample(deals: Deals) -> Bools:
    """Return which invitations a sample of the same brand, for one of their products, has taken the place of: one promise, told twice."""
    deal, product = deals.products
    sample = (deals.kind[deal] == "SAMPLE") & np.isin(deals.status[deal], AGREED)
    asked = deals.kind[deal] == "TARGETED"
    known = deals.brand[deal] != ABSENT
    creator_brand = deals.creator[deal] * (int(deals.brand.max(initial=0)) + 1) + deals.brand[deal]
    key = creator_brand * (int(product.max(initial=0)) + 1) + product
    invitation, given = _pairs(key, np.flatnonzero(asked & known), np.flatnonzero(sample & known))
    invitation, given = deal[invitation], deal[given]
    late = (deals.offered[given] < deals.offered[invitation]) | (deals.offered[given] > deals.ends[invitation])
    met = np.zeros(len(deals.creator), dtype=np.bool_)
    met[invitation[~late]] = True
    return met


def _pairs(key: Ints, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Return all pairs of places in `left` and `right` with the same key."""
    right = right[np.argsort(key[right], kind="stable")]
    start = np.searchsorted(key[right], key[left])
    count = np.searchsorted(key[right], key[left], side="right") - start
    within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(left, count), right[np.repeat(start, count) + within]
