"""Scorecards: found by id, read as scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from graph.model import snake
from graph.plans.columns import Columns, listed, made
from graph.plans.inputs import Inputs
from graph.plans.parts import Deferred, Finish, Finishing, Late, Part
from graph.plans.selection import Pick, Selection
from graph.plans.sights import explained
from graph.plans.told import ToldCategory
from graph.plans.writer import Row, quoted
from graph.runs.cards import TOP
from graph.runs.scopes import WINDOW

EVERYTHING: Final = "*"
DEFAULT_TOP: Final = 50
TOLD: Final = ToldCategory("category")


def suffix(source: Any, inputs: Inputs) -> str:
    """(window, category) → the end of a scorecard's id; InvalidValue for a category of which the viewer is told nothing."""
    window, category = source
    return f"|{window}|{EVERYTHING if category is None else TOLD(category, inputs)}"


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
        columns = Columns(card, row.writer.indicators)
        finishes = [_score(pick.child, each, columns, row) for each in row.writer.indicators]
        return Part(f"CASE WHEN {card} IS NULL THEN null ELSE {columns.text()} END", listed(columns, finishes))


def scorecard(row: Row, pick: Pick) -> str:
    """Return the variable of the row's scorecard for a pick's window and category, sought once a row."""
    window, category = pick.arguments.get("window", WINDOW), pick.arguments.get("category")
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
    columns = Columns(card)
    finish = _score(selection, indicator, columns, row)
    return Part(columns.text(), finish)


def _score(selection: Selection, indicator: str, columns: Columns, row: Row) -> Finish:
    """Add to the columns what a selection reads of an indicator, and return what makes its map."""
    entries = {pick.key: _entry(pick, indicator, columns, row) for pick in selection.picks}
    lates = {pick.key: _explanation(pick, indicator) for pick in selection.picks if pick.name == "explanation"}
    order = made(entries)

    def finish(value: Any, finishing: Finishing) -> Any:
        holder = order(value, finishing)
        if holder is not None:
            for key, late in lates.items():
                late(holder, key, finishing)
        return holder

    return finish if lates else order


def _entry(pick: Pick, indicator: str, columns: Columns, row: Row) -> str:
    """Return the Python expression that answers one pick of a score."""
    place = row.writer.indicators.index(indicator)
    match pick.name:
        case "explanation":
            return f"None if {columns.score(indicator)} is None else {columns.whole(_hidden(columns.card, row))}"
        case "scope":
            return columns.whole(scope_of(pick.child, columns.card))
        case "topProbability":
            size = TOP.index(pick.arguments.get("k", DEFAULT_TOP))
            return f"None if {columns.score(indicator)} is None else {columns.item('topProbabilities', place * len(TOP) + size)}"
        case "__typename":
            return repr("Score")
        case "outward":
            return repr(row.visibility.outward)
        case "indicator":
            return repr(snake(indicator).upper())
        case name:
            return columns.known(name, indicator, place)


def scope_of(selection: Selection, card: str, *, region: str = "") -> str:
    """Return among whom a scorecard's ranks count, as a map; in its own region unless another is given."""
    values = {
        "region": region or f"{card}.region",
        "window": f"'D' + toString({card}.window)",
        "categoryId": f"CASE {card}.categoryId WHEN '{EVERYTHING}' THEN null ELSE 'Category:' + {card}.categoryId END",
        "__typename": "'RankScope'",
    }
    return "{" + ", ".join(f"{quoted(each.key)}: {values[each.name]}" for each in selection.picks) + "}"


def _hidden(card: str, row: Row) -> str:
    """Return what an explanation is recomputed from; null where it may not be."""
    columns = (
        f"{{facts: {card}.facts, creator: {card}.creatorId, region: {card}.region, window: {card}.window, category: {card}.categoryId}}"
    )
    there = [*([f"{card}.facts IS NOT NULL"] if row.visibility.outward else []), explained(row.node, row.visibility)]
    return f"CASE WHEN {' AND '.join(there)} THEN {columns} END"


def _explanation(pick: Pick, indicator: str) -> Late:
    """Put the explanation off until the whole tree is there; then all are recomputed in one batch."""

    def late(holder: dict[str, Any], key: str, finishing: Finishing) -> None:
        columns, holder[key] = holder[key], None
        if columns is not None:
            finishing.deferred.append(Deferred(holder, key, indicator, columns, pick.child))

    return late
