"""Scores from facts, pure: tables in, tables out; no I/O, clock, environment or async.

`fit` learns what all creators share, `apply` scores any batch of rows given that, `ranks` places them among their
peers, `explain` takes a score apart, `methodology` says how all of it is computed. What an indicator is, is declared
in `scoring.indicators`, one a file.
"""

from scoring.apply import Scores, apply
from scoring.components import Component, amount, bounds, estimate, level, measure, rate, share
from scoring.edges import Edges
from scoring.errors import DeclarationError, EdgesError, FactsError, FitError, ScoringError
from scoring.explanation import Contribution, Explanation, explain
from scoring.fit import fit, place
from scoring.formula import FORMULA, Formula, camel
from scoring.indicator import Blend, Evidence, Indicator, Reported
from scoring.influence import Influence, Network, network_place, personalised_pagerank
from scoring.learnt import Fit, learn
from scoring.methodology import ComponentMethod, IndicatorMethod, Methodology, methodology
from scoring.methodology_text import methodology_markdown
from scoring.overall import OVERALL
from scoring.ranking import Ranks, UncertainRanks, ranks, uncertain_ranks

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
    "Evidence",
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
    "Reported",
    "Scores",
    "ScoringError",
    "UncertainRanks",
    "amount",
    "apply",
    "bounds",
    "camel",
    "estimate",
    "explain",
    "fit",
    "learn",
    "level",
    "measure",
    "methodology",
    "methodology_markdown",
    "network_place",
    "personalised_pagerank",
    "place",
    "ranks",
    "rate",
    "share",
    "uncertain_ranks",
]
