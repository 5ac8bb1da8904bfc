"""The probability that one creator is truly above another in a score."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from statistics import NormalDist
from typing import Any, Final

from graph.plans.parts import Finishing, Part
from graph.plans.relations import lines
from graph.plans.scores import scorecard, suffix
from graph.plans.selection import Pick
from graph.plans.sights import visible, where
from graph.plans.writer import Row
from graph.runs.scopes import WINDOW

NORMAL: Final = NormalDist()


@dataclass(frozen=True, slots=True)
class ProbabilityAbove:
    """Of the row's creator, against one that is named; null where either has no score, or the other may not be seen."""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return both normal scores with their errors, of which the probability is made."""
        indicator = pick.arguments.get("by", "overall")
        place = row.writer.indicators.index(indicator)
        window, category = pick.arguments.get("window", WINDOW), pick.arguments.get("category")
        mine, theirs, other = scorecard(row, pick), row.writer.variable("Scorecard"), row.writer.variable("Creator")
        end = row.writer.bind([window, category], suffix)
        read = ", ".join(f"{card}.{name}[{place}]" for card in (mine, theirs) for name in ("normalScores", "normalErrors"))
        clauses = [
            f"MATCH ({other}:Creator {{id: {row.writer.known('creator', pick.arguments['creator'], 'Creator')}}})",
            *([kept] if (kept := where(visible("Creator", other, row.visibility))) else []),
            f"MATCH ({theirs}:Scorecard {{id: $cards + '|' + {other}.id + {end}}})",
            f"WHERE {mine}.{indicator} IS NOT NULL AND {theirs}.{indicator} IS NOT NULL",
            f"RETURN [{read}] AS item",
            "LIMIT 1",
        ]
        return Part(f"head(COLLECT {{\n{lines(clauses)}\n}})", _probability)


def _probability(value: Any, _finishing: Finishing) -> float | None:
    """Return Φ((z − z′) / √(s² + s′²)); null for scorecards of a run that kept no errors."""
    if value is None or None in value:
        return None
    one, its_error, other, other_error = value
    return NORMAL.cdf((one - other) / hypot(its_error, other_error))
