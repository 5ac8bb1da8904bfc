"""What a list of creators can be exported with: each name is a column of the explorer's, and becomes one column of the file or several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import scoring
from graph.exports import Column
from graph.model import Type

S, I, F = Type.STRING, Type.INTEGER, Type.FLOAT  # noqa: E741 - a column of types reads better in one letter

Node = Mapping[str, Any]
Cells = Callable[[Node, str], Sequence[Any]]
"""Reads what stands in a creator's columns; the text is the indicator that the list shows."""

INDICATORS: Final = tuple(each.upper() for each in scoring.NAMES)

SCORES: Final = (
    "scores(window: $window, category: $category)"
    " { indicator value low high evidence rankLow rankHigh peers level levelCount topProbability(k: TOP_50) }"
)
SHARE: Final = "influence(window: $window, category: $category) { explanation { components { name raw } } }"
RANGE: Final = "{ low high }"


@dataclass(frozen=True, slots=True)
class Shown:
    """One name: what is asked for it below a creator, the columns that it becomes, and how these are read."""

    picked: str
    columns: tuple[Column, ...]
    cells: Cells


HEAD: Final = Shown(
    "id handle nickname",
    (Column("id", S, "Global id."), Column("handle", S, "User name."), Column("nickname", S, "Display name.")),
    lambda node, _: [node["id"], node["handle"], node["nickname"]],
)
"""What each row begins with."""


def _at(node: Any, *path: str) -> Any:
    """Return what lies at the end of a path; None where something on the way is null."""
    for name in path:
        node = None if node is None else node[name]
    return node


def _score(node: Node, indicator: str) -> Mapping[str, Any]:
    return next((each for each in node["scores"] or () if each["indicator"] == indicator), {})


def _of_score(**columns: Column) -> Shown:
    """Return the columns of the score that the list shows; names are those of its fields."""
    return Shown(SCORES, tuple(columns.values()), lambda node, by: [_score(node, by).get(each) for each in columns])


def _score_columns(name: str) -> Shown:
    columns = (
        Column(name.lower(), F, "Score, 0–100; unknown without enough evidence."),
        Column(f"{name.lower()}_low", F, "Lower end of the 90 % interval."),
        Column(f"{name.lower()}_high", F, "Upper end of the 90 % interval."),
    )
    return Shown(SCORES, columns, lambda node, _: [_score(node, name).get(each) for each in ("value", "low", "high")])


def _amount(field: str, exact: str, bounds: str, columns: tuple[Column, ...]) -> Cells:
    return lambda node, _: [_at(node, field, exact), _at(node, field, bounds, "low"), _at(node, field, bounds, "high")][: len(columns)]


def _share(node: Node, _by: str) -> Sequence[Any]:
    components = _at(node, "influence", "explanation", "components") or ()
    return [next((each["raw"] for each in components if each["name"] == "sales_share"), None)]


def _first(node: Node, field: str, name: str) -> Sequence[Any]:
    found = _at(node, field, "nodes")
    return [found[0][name] if found else None]


def _plain(field: str, column: Column) -> Shown:
    return Shown(field, (column,), lambda node, _: [node[field]])


SALES: Final = (
    Column("gmv_usd", F, "Net sales in US dollars; unknown where only a range may be seen."),
    Column("gmv_usd_low", F, "Lower end of the range of it."),
    Column("gmv_usd_high", F, "Upper end; unknown where the range is open."),
)
FORECAST: Final = (
    Column("forecast_usd", F, "Net sales expected in the next 28 days, in US dollars; unknown where only a range may be seen."),
    Column("forecast_usd_low", F, "Lower end of the range that it lies in."),
    Column("forecast_usd_high", F, "Upper end; unknown where the range is open."),
)
DELIVERY: Final = (
    Column("delivery_probability", F, "Probability that content follows a sample, 0–1."),
    Column("delivery_probability_low", F, "Lower end of its 90 % interval."),
    Column("delivery_probability_high", F, "Upper end."),
)

SHOWN: Final[Mapping[str, Shown]] = {
    "trend": Shown(
        "history(by: $by, every: WEEK, last: 12) { value }",
        (Column("trend", Type.FLOATS, "The score shown in the last 12 weeks that had a run, oldest first."),),
        lambda node, _: [None if node["history"] is None else [each["value"] for each in node["history"]]],
    ),
    "level": _of_score(
        level=Column("level", I, "Group of creators whose scores can hardly be distinguished, 1 is best."),
        levelCount=Column("level_count", I, "How many such groups there are."),
    ),
    "evidence": _of_score(evidence=Column("evidence", I, "Number of pieces of evidence of the score.")),
    "places": _of_score(
        rankLow=Column("place_low", I, "Best end of the 90 % interval of the true rank."),
        rankHigh=Column("place_high", I, "Worst end of it."),
        peers=Column("peers", I, "Creators ranked."),
    ),
    "top": _of_score(topProbability=Column("top_50_probability", F, "Probability to be truly among the first 50.")),
    "sales": Shown(
        f"sales(window: $window, category: $category) {{ gmvUsd gmvRange {RANGE} }}", SALES, _amount("sales", "gmvUsd", "gmvRange", SALES)
    ),
    "forecast": Shown(
        f"forecast {{ expectedUsd expectedRange {RANGE} }}", FORECAST, _amount("forecast", "expectedUsd", "expectedRange", FORECAST)
    ),
    "share": Shown(SHARE, (Column("sales_share", F, "Share of the sales of the category, 0–1."),), _share),
    "followers": _plain("followerCount", Column("followers", I, "Number of followers.")),
    "engagement": Shown(
        "reports(first: 1) { nodes { videoEngagementRate } }",
        (Column("video_engagement_rate", F, "Engagement of videos as reported last."),),
        lambda node, _: _first(node, "reports", "videoEngagementRate"),
    ),
    "delivery": Shown(
        "deliveryProbability { probability low high }",
        DELIVERY,
        lambda node, _: [_at(node, "deliveryProbability", each) for each in ("probability", "low", "high")],
    ),
    "region": _plain("region", Column("region", S, "Region, ISO 3166-1 alpha-2.")),
    "language": _plain("language", Column("language", S, "Main language, as the platform gives it.")),
    "posted": Shown(
        "content(first: 1) { nodes { publishedAt } }",
        (Column("last_posted_at", S, "When content was last published."),),
        lambda node, _: _first(node, "content", "publishedAt"),
    ),
    "joined": _plain("joinedAt", Column("joined_at", S, "When the creator started on the platform.")),
    **{name: _score_columns(name) for name in INDICATORS},
}
"""Columns by name; `score` stands for the score that the list shows, which is one of the indicators'."""

NAMES: Final = ("score", *SHOWN)


def shown_by(names: Iterable[str], by: str) -> tuple[Shown, ...]:
    """Return what a list is exported with, in the order of the names, each once; `by` is the indicator that it shows."""
    ordered = dict.fromkeys(by if name == "score" else name for name in names)
    return (HEAD, *(SHOWN[name] for name in ordered))
