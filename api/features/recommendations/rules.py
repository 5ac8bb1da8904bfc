"""The rules by which a brief excludes creators, and how many each excludes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

import scoring
from api.features.briefs.brief import Wanted
from api.features.recommendations.pool import Pool
from api.features.recommendations.types import Exclusion
from scoring.recommendations.marks import Marks

Bools = NDArray[np.bool_]


def broken(wanted: Wanted, of: Pool, names: tuple[str, ...], *, in_category: bool, ties: Mapping[str, set[str]]) -> dict[str, Bools]:
    """Return who breaks which rule of a brief, by rule; `ties` are the creators whom rules on ties exclude."""
    found: dict[str, Bools] = {}
    if wanted.regions:
        found["REGION"] = ~np.isin(np.array(of.creators.region, dtype=np.str_), wanted.regions)
    if in_category:
        found["SEARCH" if wanted.search else "CATEGORY"] = ~of.active
    if wanted.followers:
        low, high = wanted.followers.min, wanted.followers.max
        followers = of.creators.followers
        kept = (followers >= (-np.inf if low is None else low)) & (followers <= (np.inf if high is None else high))
        found["FOLLOWERS"] = ~kept
    if wanted.minimum_scores:
        found["MINIMUM_SCORE"] = ~_reached(wanted, of, names)
    if wanted.creator_ids:
        found["NAMED"] = _among(of, set(wanted.creator_ids))
    return found | {rule: _among(of, creators) for rule, creators in ties.items()}


def nothing_known(marks: Mapping[str, Marks], rows: int) -> Bools:
    """Return of whom no mark is known: nothing could be said for or against them."""
    known = np.zeros(rows, dtype=np.bool_)
    for each in marks.values():
        known |= np.isfinite(each.value)
    return ~known


def exclusions(rules: Mapping[str, Bools]) -> list[Exclusion]:
    """Return the rules that exclude anyone, those that exclude most first."""
    broken_rules = sum((each.astype(np.int64) for each in rules.values()), np.int64(0))
    counted = [Exclusion(rule=rule, count=int(each.sum()), alone=int((each & (broken_rules == 1)).sum())) for rule, each in rules.items()]
    return sorted((each for each in counted if each.count), key=lambda each: (-each.count, each.rule))


def _reached(wanted: Wanted, of: Pool, names: tuple[str, ...]) -> Bools:
    """Return who has every minimum, in the category where a score is known there; who has no score has not reached it."""
    kept = np.ones(len(of), dtype=np.bool_)
    for each in wanted.minimum_scores:
        name = scoring.camel(each.indicator.lower())
        kept &= (of.local.value[:, names.index(name)] >= each.min) if name in names else False
    return kept


def _among(of: Pool, creators: set[str]) -> Bools:
    return np.fromiter((each in creators for each in of.creators.id), dtype=np.bool_, count=len(of))
