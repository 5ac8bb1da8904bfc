"""What a feature declares of itself, in the `feature` module of its folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from api.features.example import Examples
from api.graphql.execution.field_context import Computed
from api.graphql.execution.streaming import Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One capability.

    `fields` are functions by type and field, for what no single plan holds; `costs` what a field costs beside its rows, by its
    name, or by its type where fields of other types are called the same; `query`, `mutation` and `subscription` hold its root fields,
    of which `streams` say what each of a subscription's answers.
    `sizes` say how many nodes lists have, by type and field, whose length no argument tells, where they are not few.
    Its fields are `lasting` if they answer the same until the data changes, except those that are `fleeting`, each for a reason:
    what reads a clock, measures itself or draws lots is answered anew each time.
    Its answers are made of scores, of whichever creators they name, unless it is said that they show none.
    """

    fields: Mapping[tuple[str, str], Computed] = field(default_factory=dict[tuple[str, str], Computed])
    lasting: bool = False
    shows_scores: bool = True
    fleeting: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    costs: Mapping[str, int] = field(default_factory=dict[str, int])
    sizes: Mapping[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    examples: Examples = field(default_factory=dict[str, tuple[()]])
    query: type | None = None
    mutation: type | None = None
    subscription: type | None = None
    streams: Mapping[str, Stream] = field(default_factory=dict[str, Stream])
