"""What an indicator is: a question, weighted components, and the evidence without which it is silent."""

from dataclasses import KW_ONLY, dataclass

import numpy as np

from scoring.components import Component
from scoring.errors import DeclarationError
from scoring.tables import Floats, Table


@dataclass(frozen=True)
class Evidence:
    """The least evidence for a score: the sum of columns of facts, and the noun that a reason uses."""

    facts: str | tuple[str, ...]
    least: int
    noun: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are summed."""
        return (self.facts,) if isinstance(self.facts, str) else self.facts

    @property
    def words(self) -> str:
        """What is counted, in words."""
        return self.noun or " and ".join(self.columns).replace("_", " ")

    def count(self, table: Table) -> Floats:
        """Return the whole pieces of evidence of each row; what is unknown counts as none."""
        total = np.zeros(table.rows)
        for name in self.columns:
            total = total + np.nan_to_num(table[name])
        return np.floor(total + 1e-9)


@dataclass(frozen=True)
class Reported:
    """What an indicator may stand on where events are too few: what the platform reports in sum."""

    components: tuple[Component, ...]
    minimum: Evidence


@dataclass(frozen=True)
class Indicator:
    """An indicator as data: score = 50 + Σ weight · (points − 50) over the components with evidence.

    `overall_weight` is its part in `overall` (0 leaves it out). Components that read the same events err together:
    `shared_error` is the correlation that their errors are taken to have. Below `least_weight` of the
    components' weight with evidence the score is null.
    """

    name: str
    _: KW_ONLY
    question: str
    components: tuple[Component, ...]
    minimum: Evidence
    reported: Reported | None = None
    overall_weight: float = 0.0
    shared_error: float = 0.0
    least_weight: float = 0.3

    def __post_init__(self) -> None:
        names = [component.name for component in self.components]
        total = sum(component.weight for component in self.components)
        if len(set(names)) != len(names) or not total > 0 or not self.name.isidentifier():
            raise DeclarationError(
                f"indicator {self.name}: components {names} weigh {total:g} together; names must be unique"
                " identifiers and some weight above 0; correct the declaration"
            )

    @property
    def facts(self) -> frozenset[str]:
        """The columns of facts that it reads."""
        columns = frozenset(self.minimum.columns).union(*(component.facts for component in self.components))
        if self.reported is None:
            return columns
        return columns.union(self.reported.minimum.columns, *(part.facts for part in self.reported.components))


@dataclass(frozen=True)
class Blend:
    """A blend of indicators with published weights; null where fewer than `least` of them have a value."""

    name: str
    _: KW_ONLY
    question: str
    least: int = 3
    shared_error: float = 0.2
