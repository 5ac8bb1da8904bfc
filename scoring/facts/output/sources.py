"""Where what is known of posting comes from: contents, collaborations and reports."""

from __future__ import annotations

import numpy as np

from scoring.facts.arrays import Floats, Texts
from scoring.facts.events.deals import Deals
from scoring.facts.market import Market
from scoring.facts.output.evidence import Counts, Evidence
from scoring.facts.period import DAY

USUAL_DAYS = 30.0
MOST = 0.5
INVITED = ("TARGETED", "CAMPAIGN")


def evidence(market: Market) -> Evidence:
    """Return all that speaks of how much each creator posts."""
    people, posts = len(market.creators.id), market.past_posts
    first = market.creators.first_seen.copy()
    np.fmin.at(first, posts.creator, posts.at.astype(np.float64))
    return Evidence(
        people=people,
        end=float(market.period.until),
        watched=float(market.period.history_start),
        first=first,
        creator=posts.creator,
        at=posts.at,
        made=_made(market.deals, market.creators.region),
        promised=_promised(market.deals, people),
        counts=_counts(market),
    )


def _made(deals: Deals, region: Texts) -> Floats:
    """Return the posts that each creator made for the products of open plans.

    Where plans name most of a region's creators, the others made none; elsewhere nothing is known of them (NaN).
    """
    told = (deals.kind == "OPEN") & ~np.isnan(deals.content_count)
    total = np.bincount(deals.creator[told], weights=deals.content_count[told], minlength=len(region))
    named = np.bincount(deals.creator[told], minlength=len(region)) > 0
    _, place = np.unique(region, return_inverse=True)
    share = np.bincount(place, weights=named) / np.maximum(np.bincount(place), 1)
    return np.where(named | (share[place] > MOST), total, np.nan)


def _promised(deals: Deals, people: int) -> Floats:
    """Return the posts made for invitations; one where a delivered one does not tell how many."""
    done = np.isin(deals.kind, INVITED) & deals.done
    return np.bincount(deals.creator[done], weights=np.fmax(deals.content_count[done], 1.0), minlength=people).astype(np.float64)


def _counts(market: Market) -> Counts:
    reports = market.report_history
    until = reports.at.astype(np.float64)
    days = np.where(np.isnan(reports.days), USUAL_DAYS, reports.days)
    kept = ~(np.isnan(reports.shoppable) & np.isnan(reports.contents))
    since = until - days * DAY
    return Counts(reports.creator[kept], since[kept], until[kept], reports.shoppable[kept], reports.contents[kept])
