"""How much does a creator post, and how much of it can be shopped, by all that speaks of it?

Two sources count shoppable posts: plans (all that a creator ever made for the products of shops that show theirs) and reports (30 days,
every product). They share posts and weeks, so they are weighed together, as one estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Columns, Floats
from scoring.facts.output.activity import Activity, activity
from scoring.facts.output.bursts import DECLARED, bursts, own_bursts
from scoring.facts.output.estimate import Estimate, either, log_share, rate, shrunk
from scoring.facts.output.evidence import Evidence
from scoring.facts.output.grid import FEW

BRANDS: Final = 3.0
"""A creator's posts are spread over so many; where shops show the share s of all, ln(s) of one varies by (1 − s) / s / 3."""
LEAST_WEEKS: Final = 0.3
"""A report of fewer active weeks says nothing of a rate: who was not there posts nothing."""


@dataclass(frozen=True, slots=True)
class Reported:
    """Sums over each creator's reports, without the posts that brands asked for: posts and weeks behind each."""

    shoppable: Floats
    shoppable_weeks: Floats
    posts: Floats
    posts_weeks: Floats
    shoppable_of_posts: Floats
    posts_with_shoppable: Floats


def active(evidence: Evidence) -> tuple[Activity, Floats]:
    """Return when creators were active, and how much each one's weeks differ beyond chance; as a first pass tells of that."""
    first = activity(evidence, bursts=DECLARED, steps=FEW)
    extra = bursts(evidence, first.start, first.stop)
    found = activity(evidence, bursts=extra, shown=_shown(evidence, first))
    return found, own_bursts(evidence, found.start, found.stop, extra)


def output(evidence: Evidence, found: Activity, *, extra: Floats) -> Columns:
    """Return the columns of each creator, NaN where nothing is known; `found` and `extra` are what `active` returns."""
    weeks = np.exp(found.log_weeks)
    sums = _reported(evidence, found, np.where(np.isnan(evidence.made), 0.0, evidence.promised / weeks))
    plans = rate(np.maximum(evidence.made - evidence.promised, 0.0), weeks, bursts=extra, log_weeks_var=found.log_weeks_var)
    reports = rate(sums.shoppable, sums.shoppable_weeks, bursts=extra)
    posts = rate(sums.posts, sums.posts_weeks, bursts=extra)
    shown = _shown(evidence, found)
    shared = np.minimum(plans.var, reports.var) * shown
    both = either(_levelled(plans, reports, shared, shown=shown), reports, shared=shared)
    share = log_share(sums.shoppable_of_posts, sums.posts_with_shoppable)
    return {
        **_columns("plan_shoppable_rate", both.where(plans.known)),
        **_columns("reported_shoppable_rate", both.where(~plans.known)),
        **_columns("reported_posting_rate", posts),
        **_columns("plan_posting_rate", both.where(plans.known).over(share)),
        **_columns("reported_posting_rate_by_share", both.where(~plans.known).over(share)),
        **_columns("share_by_rates", both.over(shrunk(posts))),
        "reported_shoppable_of_posts": sums.shoppable_of_posts,
        "reported_posts_with_shoppable": sums.posts_with_shoppable,
    }


def _shown(evidence: Evidence, found: Activity) -> float:
    """Return the share of the shoppable posts reported that plans count at the same rate; 0 without either, 1 if no fewer."""
    counts = evidence.counts
    made = (evidence.made / np.exp(found.log_weeks))[counts.creator]
    known = ~np.isnan(made) & ~np.isnan(counts.shoppable) & (found.reported_weeks > LEAST_WEEKS)
    reported = float(counts.shoppable[known].sum())
    return float(np.clip((made * found.reported_weeks)[known].sum() / reported, 0.0, 1.0)) if reported > 0 else 0.0


def _reported(evidence: Evidence, found: Activity, asked: Floats) -> Reported:
    """Return the sums over reports; what two reports both cover counts once."""
    counts = evidence.counts
    fresh = counts.fresh * (found.reported_weeks > LEAST_WEEKS)
    weeks = found.reported_weeks * fresh
    promised = asked[counts.creator] * weeks
    shoppable = np.maximum(counts.shoppable * fresh - promised, 0.0)
    posts = np.maximum(counts.posts * fresh - promised, 0.0)
    both = ~np.isnan(shoppable) & ~np.isnan(posts) & (posts > 0)
    sums = {
        "shoppable": shoppable,
        "shoppable_weeks": np.where(np.isnan(shoppable), 0.0, weeks),
        "posts": posts,
        "posts_weeks": np.where(np.isnan(posts), 0.0, weeks),
        "shoppable_of_posts": np.where(both, np.minimum(shoppable, posts), 0.0),
        "posts_with_shoppable": np.where(both, posts, 0.0),
    }
    return Reported(**{name: evidence.total(column) for name, column in sums.items()})


def _levelled(plans: Estimate, reports: Estimate, shared: Floats, *, shown: float) -> Estimate:
    """Return what plans say, moved by how far they lie from reports on the whole, and as unsure as they differ from them beyond chance.

    Shops that show their plans have more of one creator's posts than of another's: the less they show, the more, up to a bound.
    """
    both = plans.known & reports.known
    if not both.any():
        return plans
    apart, var = (reports.log - plans.log)[both], (plans.var + reports.var - 2.0 * shared)[both]
    weight = 1.0 / (var + 0.1)
    level = float((weight * apart).sum() / weight.sum())
    beyond = float((weight**2 * ((apart - level) ** 2 - var)).sum() / (weight**2).sum())
    most = (1.0 - shown) / max(shown, 1e-3) / BRANDS
    return Estimate(plans.log + level, plans.var + float(np.clip(beyond, 0.0, most)))


def _columns(name: str, estimate: Estimate) -> Columns:
    return {name: np.exp(estimate.log), f"{name}_log_var": estimate.var}
