"""Scores from facts, pure: tables in, tables out; no I/O, clock, environment or async.

`fit` learns what all creators share, `apply` scores any batch of rows given that, `ranks` places them among their
peers, `explain` takes a score apart, `methodology` says how all of it is computed. What an indicator is, is declared
in `scoring.indicators`, one a file.
"""

from scoring.apply import Scores, apply
from scoring.edges import Edges
from scoring.errors import DeclarationError, EdgesError, FactsError, FitError, ScoringError
from scoring.explanation import Contribution, Explanation, Source, explain
from scoring.fit import fit
from scoring.formula import FORMULA, Formula, camel
from scoring.indicator import Blend, Indicator
from scoring.influence import Influence, Network, network_place, personalised_pagerank
from scoring.learnt import Fit
from scoring.methodology import ComponentMethod, IndicatorMethod, Methodology, ReadingMethod, methodology
from scoring.methodology_text import methodology_markdown
from scoring.overall import OVERALL
from scoring.ranking import Ranks, UncertainRanks, ranks, uncertain_ranks, world_ordinals
from scoring.traits import Component, Reading, counts, rate, successes, value
from scoring.traits.families import Value

INDICATORS: tuple[Indicator, ...] = FORMULA.indicators
NAMES: tuple[str, ...] = FORMULA.names
FACTS: frozenset[str] = FORMULA.facts
FORMULA_VERSION: str = FORMULA.version

__all__ = [
    "FACTS",
    "FORMULA",
    "FORMULA_VERSION",
    "INDICATORS",
    "NAMES",
    "OVERALL",
    "Blend",
    "Component",
    "ComponentMethod",
    "Contribution",
    "DeclarationError",
    "Edges",
    "EdgesError",
    "Explanation",
    "FactsError",
    "Fit",
    "FitError",
    "Formula",
    "Indicator",
    "IndicatorMethod",
    "Influence",
    "Methodology",
    "Network",
    "Ranks",
    "Reading",
    "ReadingMethod",
    "Scores",
    "ScoringError",
    "Source",
    "UncertainRanks",
    "Value",
    "apply",
    "camel",
    "counts",
    "explain",
    "fit",
    "methodology",
    "methodology_markdown",
    "network_place",
    "personalised_pagerank",
    "ranks",
    "rate",
    "successes",
    "uncertain_ranks",
    "value",
    "world_ordinals",
]
