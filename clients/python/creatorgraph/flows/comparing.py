"""Creators side by side, and creators for a brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from creatorgraph.columns import NUMBER, TEXT, TEXTS, TRUTH, WHOLE, Columns, selection
from creatorgraph.flows.creators import SCORED, given
from creatorgraph.flows.graphql import graphql, value
from creatorgraph.frames import frame
from creatorgraph.steps import Flow

COMPARED: Final[Columns] = {
    "creator.id": TEXT,
    "creator.handle": TEXT,
    "value": NUMBER,
    "low": NUMBER,
    "high": NUMBER,
    "evidence": WHOLE,
    "percentile": NUMBER,
    "reason": TEXT,
}
OVERLAPS: Final[Columns] = {
    "one.id": TEXT,
    "one.handle": TEXT,
    "other.id": TEXT,
    "other.handle": TEXT,
    **{f"{what}.{count}": WHOLE for what in ("sharedBrands", "sharedProducts") for count in ("count", "others")},
    **{f"audience.{dimension}": NUMBER for dimension in ("age", "gender", "location")},
}
CANDIDATES: Final[Columns] = {
    "creator.id": TEXT,
    "creator.handle": TEXT,
    "creator.region": TEXT,
    "creator.followerCount": WHOLE,
    "score": NUMBER,
    "low": NUMBER,
    "high": NUMBER,
    "expectedReach.low": NUMBER,
    "expectedReach.median": NUMBER,
    "expectedReach.high": NUMBER,
    "usualCommission.low": NUMBER,
    "usualCommission.high": NUMBER,
    "usualCommission.basis": TEXT,
    "expectedCost.low": NUMBER,
    "expectedCost.high": NUMBER,
    "expectedCost.currency": TEXT,
}


def compare(creators: Sequence[str], *, window: str = "D90", category: str | None = None) -> Flow[pl.DataFrame]:
    """Return two to ten creators side by side: one row an indicator and creator.

    `best` marks the highest score of an indicator. `aheadOf` lists whom the creator is ahead of by more than both
    intervals; a lead that is not in there may be chance.
    """
    query = f"""query Compare($creators: [ID!]!, $window: Window!, $category: ID) {{
      compare(creators: $creators, {SCORED[1:-1]}) {{
        indicators {{
          indicator best {{ id }} scores {selection(COMPARED)}
          differences {{ distinct ahead {{ id }} behind {{ handle }} }}
        }}
      }}
    }}"""
    data = yield from graphql(query, given(creators=list(creators), window=window, category=category))
    rows = [
        {"indicator": each["indicator"], **score, "best": _id(score["creator"]) == _id(each["best"]), "aheadOf": _led(each, score)}
        for each in data["compare"]["indicators"]
        for score in each["scores"]
    ]
    return frame(rows, {"indicator": TEXT, **COMPARED, "best": TRUTH, "aheadOf": TEXTS})


def overlap(creators: Sequence[str]) -> Flow[pl.DataFrame]:
    """Return what two to ten creators have in common, one row a pair; it never says that the same persons follow both."""
    query = f"query Overlap($creators: [ID!]!) {{ overlap(creators: $creators) {{ pairs {selection(OVERLAPS)} }} }}"
    data = yield from graphql(query, {"creators": list(creators)})
    return frame(data["overlap"]["pairs"], OVERLAPS)


def recommendations(brief: Mapping[str, Any] | None = None, *, brief_id: str | None = None, first: int = 20) -> Flow[pl.DataFrame]:
    """Return whom a brief finds, the best first; `brief` is the schema's `BriefInput`, or `brief_id` that of a saved one.

    What the brief left out, and the formula, are in the same field of the schema: ask for them by `graphql`.
    """
    wanted = {**CANDIDATES, "reasonsFor.text": None, "reasonsAgainst.text": None}
    query = f"""query Recommendations($brief: BriefInput, $id: ID, $first: Int!) {{
      recommendations(brief: $brief, briefId: $id, first: $first) {{ candidates {selection(wanted)} }}
    }}"""
    found = yield from value(query, given(brief=brief, id=brief_id, first=first), "recommendations", of="such brief, or no scoring run,")
    rows = [{**each, **_reasons(each), "rank": place} for place, each in enumerate(found["candidates"], 1)]
    return frame(rows, {"rank": WHOLE, **CANDIDATES, "reasonsFor": TEXTS, "reasonsAgainst": TEXTS})


def _id(node: Mapping[str, Any] | None) -> str | None:
    return node["id"] if node else None


def _led(indicator: Mapping[str, Any], score: Mapping[str, Any]) -> list[str]:
    """Return the handles of those whom the creator of a score is distinctly ahead of."""
    own = _id(score["creator"])
    return [
        each["behind"]["handle"] for each in indicator["differences"] if each["distinct"] and each["behind"] and own == _id(each["ahead"])
    ]


def _reasons(candidate: Mapping[str, Any]) -> dict[str, list[str]]:
    return {name: [each["text"] for each in candidate[name]] for name in ("reasonsFor", "reasonsAgainst")}
