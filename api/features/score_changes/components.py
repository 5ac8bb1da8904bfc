"""A change of a score by component, with the facts of each that changed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from api.features.score_changes.types import ComponentChange, FactChange
from graph.model import snake
from scoring import ComponentMethod, methodology
from scoring.change import Change
from scoring.change import ComponentChange as Moved
from scoring.tables import Facts

Ends = tuple[Facts, Facts]
"""The one row of facts before, and after."""


def components(found: Change, score: str, facts: Ends) -> list[ComponentChange]:
    """Return what each component of a score (camelCase) adds to its change."""
    columns = {part.name: part.facts for part in _parts(snake(score))}
    return [_component(each, facts, columns.get(each.name, ())) for each in found.components]


def _parts(indicator: str) -> tuple[ComponentMethod, ...]:
    return next((one.components for one in methodology().indicators if one.name == indicator), ())


def _component(each: Moved, facts: Ends, columns: Sequence[str]) -> ComponentChange:
    return ComponentChange(
        name=each.name,
        change=each.facts + each.peers,
        own=each.facts,
        peers=each.peers,
        raw_before=each.before and each.before.raw,
        raw_after=each.after and each.after.raw,
        facts=[found for name in columns if (found := _fact(name, facts)) is not None],
    )


def _fact(name: str, facts: Ends) -> FactChange | None:
    """Return a fact that changed; None where it did not."""
    before, after = (_value(each, name) for each in facts)
    return None if before == after else FactChange(name=name, before=before, after=after)


def _value(facts: Facts, name: str) -> float | None:
    value = float(facts[name][0]) if name in facts else np.nan
    return None if np.isnan(value) else value
