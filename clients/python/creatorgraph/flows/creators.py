"""Creators, their rankings and scores, and why a score is what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from creatorgraph.columns import INSTANT, NUMBER, TEXT, TRUTH, WHOLE, Columns, selection, with_fields
from creatorgraph.errors import Refused
from creatorgraph.flows.graphql import BATCH, PAGE, graphql, nodes, value
from creatorgraph.frames import frame
from creatorgraph.steps import Flow

INDICATORS: Final[tuple[str, ...]] = (
    "overall",
    "cooperation",
    "diligence",
    "influence",
    "contentVolume",
    "contentSuccess",
    "salesAbility",
    "collaboration",
    "consistency",
)
PROFILE: Final[Columns] = {
    "id": TEXT,
    "handle": TEXT,
    "region": TEXT,
    "nickname": TEXT,
    "language": TEXT,
    "verified": TRUTH,
    "followerCount": WHOLE,
    "videoCount": WHOLE,
    "joinedAt": INSTANT,
}
SCORE: Final[Columns] = {
    "indicator": TEXT,
    "value": NUMBER,
    "low": NUMBER,
    "high": NUMBER,
    "evidence": WHOLE,
    "percentile": NUMBER,
    "rank": WHOLE,
    "peers": WHOLE,
    "expectedRank": NUMBER,
    "expectedPercentile": NUMBER,
    "rankLow": WHOLE,
    "rankHigh": WHOLE,
    "level": WHOLE,
    "levelCount": WHOLE,
    "topProbability": NUMBER,
    "previous": NUMBER,
    "basis": TEXT,
    "reason": TEXT,
}
"""`rankLow` and `rankHigh` bound the true rank with 90 %; `topProbability` is that of being truly among the first 50."""
CREATORS: Final[Columns] = PROFILE | {f"{name}.{part}": NUMBER for name in INDICATORS for part in ("value", "low", "high")}
COMPONENT: Final[Columns] = {
    "name": TEXT,
    "contribution": NUMBER,
    "raw": NUMBER,
    "shrunk": NUMBER,
    "peerMedian": NUMBER,
    "weight": NUMBER,
}
SCORED: Final = "(window: $window, category: $category)"
EACH_SCORE: Final[Mapping[str, str]] = dict.fromkeys((*INDICATORS, "scores", "sales"), SCORED)
PAGING: Final = "first: $first, after: $after"
PAGE_INFO: Final = "pageInfo { hasNextPage endCursor }"


def creators(  # noqa: PLR0913 - the field's own arguments
    *,
    filter: Mapping[str, Any] | None = None,
    sort: str | None = None,
    window: str = "D90",
    category: str | None = None,
    fields: Sequence[str] = (),
    first: int | None = None,
) -> Flow[pl.DataFrame]:
    """Return the creators that the key may see, one a row, with profile and scores; all of them where `first` is None.

    `filter` is the schema's `CreatorFilter`; `sort` a `CreatorSort`, such as `SALES_ABILITY`, or `-HANDLE` for descending.
    `fields` adds columns by dotted path: `bio`, `sales.gmvUsd`. Scores and sales are those of the window and category.
    """
    columns = with_fields(CREATORS, fields)
    query = f"""query Creators($filter: CreatorFilter, $sort: [CreatorOrder!], $window: Window!, $category: ID,
                               $first: Int, $after: String) {{
      creators(filter: $filter, sort: $sort, {PAGING}) {{ nodes {selection(columns, EACH_SCORE)} {PAGE_INFO} }}
    }}"""
    scope = {"window": window, "category": category}
    variables = given(filter=filter, sort=order(sort, **scope), **scope)
    rows = yield from nodes(query, variables, "creators", first)
    return frame(rows, columns)


def creator_list(  # noqa: PLR0913 - the field's own arguments
    ids: Sequence[str] | None = None,
    *,
    handles: Sequence[str] | None = None,
    region: str | None = None,
    window: str = "D90",
    category: str | None = None,
    fields: Sequence[str] = (),
) -> Flow[pl.DataFrame]:
    """Return the creators with these ids, or with these handles in a region: one row for each, in the same order.

    The first column, `asked`, is the id or handle as given; the others are null where there is no creator that the key may see. So many
    may be asked for as you like: each request is for a thousand.
    """
    if (ids is None) == (handles is None):
        raise Refused("creator_list takes either ids, or handles with a region")
    name, names = ("ids", ids) if handles is None else ("handles", handles)
    if not isinstance(names, Sequence | pl.Series) or isinstance(names, str):
        raise Refused(f"{name} is {names!r}; give a list of them")
    columns = with_fields(CREATORS, fields)
    query = f"""query CreatorList($ids: [ID!], $handles: [String!], $region: Region, $window: Window!, $category: ID) {{
      creatorList(ids: $ids, handles: $handles, region: $region) {selection(columns, EACH_SCORE)}
    }}"""
    rows: list[dict[str, Any]] = []
    for start in range(0, len(names), BATCH):
        part = list(names[start : start + BATCH])
        variables = given(**{name: part}, region=region, window=window, category=category)
        found = (yield from graphql(query, variables))["creatorList"]
        rows += [{"asked": each, **(row or {})} for each, row in zip(part, found, strict=True)]
    return frame(rows, {"asked": TEXT, **columns})


def ranking(  # noqa: PLR0913 - the field's own arguments
    by: str = "OVERALL",
    *,
    window: str = "D90",
    category: str | None = None,
    region: str | None = None,
    order: str = "VALUE",
    filter: Mapping[str, Any] | None = None,
    fields: Sequence[str] = (),
    first: int | None = None,
) -> Flow[pl.DataFrame]:
    """Return creators in the order of an indicator, the best first: rank, profile, and the score's columns beside them.

    `order` is the schema's `RankingOrder`: `VALUE`, `LOWER_BOUND` (doubt counts against a creator) or `TOP_PROBABILITY`; `rank` remains
    the place by score.

    A run that is published while the pages are read makes it start again, so that the frame is of one run.
    """
    profile = with_fields(PROFILE, fields)
    score = {name: type_ for name, type_ in SCORE.items() if name != "rank"}
    query = f"""query Ranking($by: Indicator!, $window: Window!, $category: ID, $region: Region, $order: RankingOrder!,
                              $filter: CreatorFilter, $first: Int, $after: String) {{
      ranking(by: $by, window: $window, category: $category, region: $region, order: $order, filter: $filter, {PAGING}) {{
        edges {{ rank node {selection(profile, EACH_SCORE)} score {selection(score)} }} {PAGE_INFO}
      }}
    }}"""
    variables = given(by=by, window=window, category=category, region=region, order=order, filter=filter)
    edges = yield from nodes(query, variables, "ranking", first)
    rows = [{"rank": edge["rank"], **edge["node"], **edge["score"]} for edge in edges]
    return frame(rows, {"rank": WHOLE, **profile, **score})


def scores(creators: Sequence[str] | None = None, *, windows: Sequence[str] = ("D90",), category: str | None = None) -> Flow[pl.DataFrame]:
    """Return all indicators of the creators with these ids, of all where `creators` is None: one row a creator, window and indicator.

    `Refused` names an id of no creator that the key may see; creators without a scorecard have no rows.
    """
    query = f"""query Scores($filter: CreatorFilter, $window: Window!, $category: ID, $first: Int, $after: String) {{
      creators(filter: $filter, {PAGING}) {{ nodes {{ id handle scores{SCORED} {selection(SCORE)} }} {PAGE_INFO} }}
    }}"""
    if creators is not None and not isinstance(creators, Sequence | pl.Series):
        raise Refused(f"creators is {creators!r}; give a list of ids, or None for all")
    rows: list[dict[str, Any]] = []
    filters: list[Any] = [None] if creators is None else [{"ids": creators[n : n + PAGE]} for n in range(0, len(creators), PAGE)]
    for window in windows:
        for each in filters:
            found = yield from nodes(query, given(filter=each, window=window, category=category), "creators", None)
            rows += [{**node, "window": window, **score} for node in found for score in node["scores"]]
    return frame(rows, {"id": TEXT, "handle": TEXT, "window": TEXT, **SCORE})


def explain(creator: str, indicator: str = "OVERALL", *, window: str = "D90", category: str | None = None) -> Flow[pl.DataFrame]:
    """Return a score taken apart, one row a component after the row `base`: the column `contribution` sums to the score, exactly.

    The last column, `total`, is the sum so far; its last cell is the score. Empty where there is no score, or it may not be explained.
    """
    query = f"""query Explain($id: ID!, $window: Window!, $category: ID) {{
      creator(id: $id) {{ scores{SCORED} {{ indicator explanation {{ base components {selection(COMPONENT)} }} }} }}
    }}"""
    found = yield from value(query, given(id=creator, window=window, category=category), "creator", of="creator")
    parts = next((score["explanation"] for score in found["scores"] if score["indicator"] == indicator), None)
    rows = [{"name": "base", "contribution": parts["base"]}, *parts["components"]] if parts else []
    told = frame(rows, COMPONENT)
    return told.with_columns(pl.col("contribution").cum_sum().cast(NUMBER).alias("total"))


def given(**arguments: Any) -> dict[str, Any]:
    """Return the arguments that are not None: the service tells a null from an absence."""
    return {name: each for name, each in arguments.items() if each is not None}


def order(sort: str | None, **scope: Any) -> list[dict[str, Any]] | None:
    """Return an order as the schema has it: `-FOLLOWERS` descending, `+FOLLOWERS` ascending, `FOLLOWERS` as suits the key."""
    if sort is None:
        return None
    if not isinstance(sort, str):
        raise Refused(f'sort is {sort!r}; give the name of a key, such as "FOLLOWERS" or "-FOLLOWERS"')
    direction = {"-": "DESC", "+": "ASC"}.get(sort[:1])
    return [given(by=sort.lstrip("+-"), direction=direction, **scope)]
