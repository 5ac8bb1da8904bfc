"""A scoring run, as it is stored beside its scorecards."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, LiteralString, TypeAlias

from graph.runs.scopes import OUTWARD, WINDOW, WORLD, scope_key

READ: Final[LiteralString] = "run {.*, fit: null, outwardFits: null, outwardManifests: null, secret: null, profile: null} AS run"
"""What is returned of a `ScoringRun` for `Run.of`, without what is large or secret."""

FIT: Final[LiteralString] = """
MATCH (run:ScoringRun {id: $id})
RETURN run.fit AS fit, run.outwardFits AS outward
"""

Totals: TypeAlias = Mapping[int, tuple[int, Mapping[str, int]]]
"""Key of a scope → its scorecards, and how many of them have a value of each indicator."""


@dataclass(frozen=True, slots=True)
class Run:
    """One scoring run that readers may see, as one audience sees it: as it is, or `outward`.

    `names` are the indicators' property names in order, `fact_names` what a scorecard's `facts` are; `totals` says for
    each scope, by its key, how many peers it has and how many of them have a value of each indicator.
    """

    id: str
    as_of: int
    formula_version: str
    names: tuple[str, ...]
    fact_names: tuple[str, ...]
    started_at: int
    published_at: int
    """0 while it waits."""
    creators: int
    scorecards: int
    residual: float
    run_data_version: int
    totals: Totals
    outward_totals: Totals = field(default_factory=dict[int, tuple[int, Mapping[str, int]]])
    outward_scorecards: int = 0
    audience: str = ""
    revision: int = 0
    """How often somebody was taken out of it since."""

    @property
    def edition(self) -> str:
        """What names the run as it is now, for what a process keeps of it."""
        return f"{self.id}.{self.revision}"

    @property
    def cards(self) -> str:
        """The id under which the audience's scorecards are kept."""
        return self.id + self.audience

    @property
    def goes_out(self) -> bool:
        """Whether there are scorecards for brands and partners; runs of earlier versions have none."""
        return self.outward_scorecards > 0

    def outward(self) -> Run:
        """Return the run as brands and partners see it; a run from before there were outward scorecards has none for them."""
        return replace(self, audience=OUTWARD, totals=self.outward_totals, scorecards=self.outward_scorecards)

    def tells(self, category: str) -> bool:
        """Tell whether the audience has scores in a category: outward, of one that few brands sell in, there are none."""
        return not self.audience or scope_key(self.cards, WINDOW, category, WORLD) in self.totals

    @classmethod
    def of(cls, node: Mapping[str, Any]) -> Run:
        """Return the run that a `ScoringRun` node holds."""
        return cls(
            id=node["id"],
            as_of=node["asOf"],
            formula_version=node["formulaVersion"],
            names=tuple(node["names"]),
            fact_names=tuple(node["factNames"]),
            started_at=node["startedAt"],
            published_at=node.get("publishedAt") or 0,
            creators=node["creatorCount"],
            scorecards=node["scorecardCount"],
            residual=node["residual"],
            run_data_version=node["dataVersion"],
            totals=totals_of(node["totals"], node["names"]),
            outward_totals=totals_of(node.get("outwardTotals") or "{}", node["names"]),
            outward_scorecards=node.get("outwardScorecards") or 0,
            revision=node.get("revision") or 0,
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of a run before its first scorecard is stored; times are the caller's and enter no score."""

    as_of: int
    formula_version: str
    names: tuple[str, ...]
    fact_names: tuple[str, ...]
    fit: str
    started_at: int
    residual: float
    data_version: int
    read_at: int
    withdrawals: int = 0
    """How many there were when the run was read: it is not begun if there were more since."""

    @property
    def properties(self) -> dict[str, Any]:
        """The plan as properties of the run's node."""
        return {
            "asOf": self.as_of,
            "formulaVersion": self.formula_version,
            "names": list(self.names),
            "factNames": list(self.fact_names),
            "fit": self.fit,
            "startedAt": self.started_at,
            "readAt": self.read_at,
            "residual": self.residual,
            "dataVersion": self.data_version,
        }


def totals_text(totals: Totals, names: tuple[str, ...]) -> str:
    """Return totals as JSON: key of a scope → peers, then those with a value of each indicator."""
    return json.dumps({str(scope): [peers, *(scored[name] for name in names)] for scope, (peers, scored) in sorted(totals.items())})


def totals_of(text: str, names: list[str]) -> Totals:
    """Return the totals that `totals_text` wrote."""
    stored: dict[str, list[int]] = json.loads(text)
    return {int(scope): (counts[0], dict(zip(names, counts[1:], strict=True))) for scope, counts in stored.items()}
