"""Scorecards: found by id, read as scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from graph.model import snake
from graph.plans.fields import Constant
from graph.plans.inputs import Inputs
from graph.plans.parts import Deferred, Finish, Finishing, Late, Part, in_map
from graph.plans.selection import Pick, Selection
from graph.plans.sights import explained
from graph.plans.values import category_id
from graph.plans.writer import Row, quoted
from graph.runs.cards import TOP

EVERYTHING: Final = "*"
DEFAULT_TOP: Final = 50
ALIGNED: Final = {
    "low": "{k}.lows[{i}]",
    "high": "{k}.highs[{i}]",
    "percentile": "{k}.percentiles[{i}]",
    "expectedRank": "{k}.expectedRanks[{i}]",
    "expectedPercentile": "100.0 * (1.0 - ({k}.expectedRanks[{i}] - 0.5) / {k}.scored[{i}])",
    "rankLow": "{k}.rankLows[{i}]",
    "rankHigh": "{k}.rankHighs[{i}]",
    "level": "{k}.levels[{i}]",
}
"""Lists in the order of the indicators, where NaN or 0 stands for null: so they say nothing just where there is no value."""

COUNTED: Final = {
    "evidence": "coalesce({k}.evidence[{i}], 0)",
    "previous": "head([x IN [{k}.previous[{i}]] WHERE NOT isNaN(x)])",
    "rank": "CASE {k}.ranks[{i}] WHEN 0 THEN null ELSE {k}.ranks[{i}] END",
    "peers": "{k}.scored[{i}]",
    "reason": "CASE {k}.reasons[{i}] WHEN '' THEN null ELSE {k}.reasons[{i}] END",
    "basis": "CASE {k}.bases[{i}] WHEN '' THEN null ELSE {k}.bases[{i}] END",
}


def suffix(source: Any, inputs: Inputs) -> str:
    """(window, category) → the end of a scorecard's id."""
    window, category = source
    return f"|{window}|{EVERYTHING if category is None else category_id(category, inputs)}"


@dataclass(frozen=True, slots=True)
class ScoreOf:
    """One indicator of a creator, by window and category."""

    indicator: str

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the score; null where the creator has no scorecard there."""
        card = scorecard(row, pick)
        tree = score(pick.child, self.indicator, card=card, row=row)
        found = tree.expression if card in row.certain else f"CASE WHEN {card} IS NULL THEN null ELSE {tree.expression} END"
        return Part(found, tree.finish)


@dataclass(frozen=True, slots=True)
class AllScores:
    """Every indicator of a creator, in their order."""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the list; empty where the creator has no scorecard there."""
        card = scorecard(row, pick)
        trees = [score(pick.child, each, card=card, row=row) for each in row.writer.indicators]
        expression = f"CASE WHEN {card} IS NULL THEN [] ELSE [{', '.join(tree.expression for tree in trees)}] END"
        return Part(expression, _each([tree.finish for tree in trees]))


def scorecard(row: Row, pick: Pick) -> str:
    """Return the variable of the row's scorecard for a pick's window and category, sought once a row."""
    window, category = pick.arguments.get("window", 90), pick.arguments.get("category")
    return card_for(row, window, category)


def card_for(row: Row, window: Any, category: Any) -> str:
    """Return the variable of the scorecard for a window and category; null for a creator without one."""
    key = card_key(window, category)
    if category is not None:
        row.writer.known("category", category, "Category")
    if key not in row.cards:
        card = row.writer.variable("Scorecard")
        run, end = "$cards", row.writer.bind([window, category], suffix)
        row.lets.append(f"OPTIONAL MATCH ({card}:Scorecard {{id: {run} + '|' + {row.node}.id + {end}}})")
        row.cards[key] = card
    return row.cards[key]


def card_key(window: Any, category: Any) -> str:
    """Return what tells scorecards of one creator apart."""
    return f"{window!r}|{category!r}"


def score(selection: Selection, indicator: str, *, card: str, row: Row) -> Part:
    """Return one indicator of a scorecard as a map."""
    entries: list[str] = []
    lates: dict[str, Late] = {}
    for pick in selection.picks:
        if pick.name == "explanation":
            entries.append(f"{quoted(pick.key)}: {_hidden(indicator, card=card, row=row)}")
            lates[pick.key] = _explanation(pick, indicator)
        elif pick.name == "scope":
            entries.append(f"{quoted(pick.key)}: {scope_of(pick.child, card)}")
        elif pick.name == "topProbability":
            entries.append(f"{quoted(pick.key)}: {_top(pick, indicator, card=card, row=row)}")
        else:
            entries.append(f"{quoted(pick.key)}: {_read(pick.name, indicator, card=card, row=row)}")
    return Part("{" + ", ".join(entries) + "}", in_map([each.key for each in selection.picks], lates=lates))


def scope_of(selection: Selection, card: str, *, region: str = "") -> str:
    """Return among whom a scorecard's ranks count, as a map; in its own region unless another is given."""
    values = {
        "region": region or f"{card}.region",
        "window": f"'D' + toString({card}.window)",
        "categoryId": f"CASE {card}.categoryId WHEN '{EVERYTHING}' THEN null ELSE 'Category:' + {card}.categoryId END",
        "__typename": "'RankScope'",
    }
    return "{" + ", ".join(f"{quoted(each.key)}: {values[each.name]}" for each in selection.picks) + "}"


def _read(name: str, indicator: str, *, card: str, row: Row) -> str:
    place = row.writer.indicators.index(indicator)
    if name == "__typename":
        return Constant("Score").part(Pick(name, name), row).expression
    if name == "outward":
        return str(row.sight.outward).lower()
    if name == "indicator":
        return f"'{snake(indicator).upper()}'"
    if name == "value":
        return f"{card}.{indicator}"
    if name in ALIGNED:
        return f"CASE WHEN {card}.{indicator} IS NOT NULL THEN {ALIGNED[name].format(k=card, i=place)} END"
    return COUNTED[name].format(k=card, i=place)


def _top(pick: Pick, indicator: str, *, card: str, row: Row) -> str:
    """Return the probability to be among the first so many, one of a few sizes."""
    place = row.writer.indicators.index(indicator) * len(TOP) + TOP.index(pick.arguments.get("k", DEFAULT_TOP))
    return f"CASE WHEN {card}.{indicator} IS NOT NULL THEN {card}.topProbabilities[{place}] END"


def _hidden(indicator: str, *, card: str, row: Row) -> str:
    """Return what an explanation is recomputed from; null where it may not be, or there is nothing to explain."""
    columns = (
        f"{{facts: {card}.facts, creator: {card}.creatorId, region: {card}.region, window: {card}.window, category: {card}.categoryId}}"
    )
    there = f"{card}.{indicator} IS NOT NULL" + (f" AND {card}.facts IS NOT NULL" if row.sight.outward else "")
    return f"CASE WHEN {there} AND {explained(row.node, row.sight)} THEN {columns} END"


def _explanation(pick: Pick, indicator: str) -> Late:
    """Put the explanation off until the whole tree is there; then all are recomputed in one batch."""

    def late(holder: dict[str, Any], key: str, finishing: Finishing) -> None:
        columns, holder[key] = holder[key], None
        if columns is not None:
            finishing.deferred.append(Deferred(holder, key, indicator, columns, pick.child))

    return late


def _each(finishes: list[Finish | None]) -> Finish | None:
    """Finish a list whose items differ in what they need."""
    if not any(finishes):
        return None

    def finish(value: Any, finishing: Finishing) -> Any:
        return [each(item, finishing) if each else item for each, item in zip(finishes, value, strict=False)]

    return finish
