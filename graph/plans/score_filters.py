"""Conditions on a creator's scores: each looks its scorecard up, unless the row has it already or several share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

from graph.plans.bounds import Range, score
from graph.plans.errors import InvalidValue
from graph.plans.scores import card_key, suffix
from graph.plans.told import ToldCategory
from graph.plans.writer import Row
from graph.runs.scopes import WINDOW

SCORE: Final = Range("filter.score", convert=score)
OF_SCORE: Final = ToldCategory("filter.score.category")


def scored(value: Mapping[str, Any], row: Row) -> str:
    """Return the condition that a score lies within bounds, or is there at all."""
    row.rated = True
    scope = _scope(value)
    if value.get("category") is not None:
        row.writer.known("filter.score.category", value["category"], "Category")
        row.writer.bind(value["category"], OF_SCORE)
    indicator = value["indicator"]
    if indicator not in row.writer.indicators:
        raise InvalidValue(f"{indicator!r} is not an indicator; choose one of {', '.join(row.writer.indicators)}")
    held = row.cards.get(card_key(*scope))
    if held is not None:
        return f"coalesce({_met(held, indicator, value, row)}, false)"
    return f"EXISTS {{ MATCH (card:Scorecard {own_card(row, *scope)}) WHERE {_met('card', indicator, value, row)} }}"


def _met(card: str, indicator: str, value: Mapping[str, Any], row: Row) -> str:
    score = f"{card}.{indicator}"
    return " AND ".join(SCORE.predicates(score, value, row) or [f"{score} IS NOT NULL"])


def sharing(asked: Any, row: Row, written: Callable[[], str]) -> str:
    """Return what is written, in which several conditions on one scorecard look it up once.

    To plan a lookup takes the database longer than twenty comparisons.
    """
    scopes = {card_key(*scope): scope for scope in _scopes(asked)}
    many = Counter(card_key(*scope) for scope in _scopes(asked))
    shared = {key: row.writer.variable("Scorecard") for key in scopes if many[key] > 1 and key not in row.cards}
    row.cards |= shared
    text = written()
    for key, card in shared.items():
        del row.cards[key]
        looked_up = f"MATCH (held:Scorecard {own_card(row, *scopes[key])}) RETURN held"
        text = f"any({card} IN [head(COLLECT {{ {looked_up} }})] WHERE {text})"
    return text


def _scopes(asked: Any) -> Iterator[tuple[Any, Any]]:
    """Yield window and category of each condition on a score."""
    if isinstance(asked, list | tuple):
        for each in cast("Sequence[Any]", asked):
            yield from _scopes(each)
    elif isinstance(asked, Mapping):
        conditions = cast("Mapping[str, Any]", asked)
        yield from (_scope(each) for name, each in conditions.items() if name == "score" and each is not None)
        for name in ("and", "or", "not"):
            yield from _scopes(conditions.get(name))


def _scope(score: Mapping[str, Any]) -> tuple[Any, Any]:
    return score.get("window", WINDOW), score.get("category")


def own_card(row: Row, window: Any, category: Any) -> str:
    """Return the properties by which the row's scorecard of a scope is looked up."""
    return f"{{id: $cards + '|' + {row.node}.id + {row.writer.bind([window, category], suffix)}}}"
