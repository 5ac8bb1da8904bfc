"""What every component of an indicator is: one measured thing, shrunk toward the peers."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar, Literal, NamedTuple

import numpy as np

from scoring.errors import DeclarationError
from scoring.tables import Bools, Floats, Table

PARAMETERS = 3


class Observed(NamedTuple):
    """What the rows show of one component; where `known` is false the columns hold a neutral value."""

    known: Bools
    columns: tuple[Floats, ...]

    def only(self, chosen: Bools) -> tuple[Floats, ...]:
        """Return the columns of the chosen rows."""
        return tuple(column[chosen] for column in self.columns)


class Peers(NamedTuple):
    """What a group's own sums say: parameters [cells × 3] (NaN = nothing) and how many peers speak."""

    parameters: Floats
    speaking: Floats


@dataclass(frozen=True)
class Component(ABC):
    """One measured thing with its weight, direction, unit and prior.

    `typical` and `spread` are the declared prior, which counts as a few peers where all creators
    together are few; `least` is the evidence below which the component is left out of the score.
    """

    name: str
    _: KW_ONLY
    weight: float
    better: Literal["higher", "lower"] = "higher"
    about: str = ""
    unit: str = ""
    typical: float = 1.0
    spread: float = 1.0
    least: float = 0.0
    by_tier: bool = False
    sensitive: bool = False

    family: ClassVar[str]
    shrinkage: ClassVar[str]
    degenerate: ClassVar[str]
    source: ClassVar[str]

    def __post_init__(self) -> None:
        if not (np.isfinite(self.weight) and self.weight >= 0 and self.spread > 0):
            raise DeclarationError(
                f"component {self.name}: weight {self.weight:g} and spread {self.spread:g};"
                " a weight is at least 0 and a spread above 0; correct the declaration"
            )

    @property
    def sign(self) -> float:
        """+1 where more is better, −1 where less is."""
        return 1.0 if self.better == "higher" else -1.0

    @property
    @abstractmethod
    def facts(self) -> frozenset[str]:
        """The columns of facts that it reads."""

    @property
    def signed(self) -> frozenset[str]:
        """Those of its columns that may be negative."""
        return frozenset()

    @property
    @abstractmethod
    def meaning(self) -> str:
        """What is measured, in words."""

    @property
    @abstractmethod
    def symbols(self) -> str:
        """What is measured, as a formula over columns of facts."""

    @property
    @abstractmethod
    def declared(self) -> tuple[float, float, float]:
        """The declared prior as parameters."""

    @property
    @abstractmethod
    def grain(self) -> str:
        """How much one piece of evidence is taken to say, in words."""

    @abstractmethod
    def observe(self, table: Table) -> Observed:
        """Return what each row shows."""

    @abstractmethod
    def summands(self, columns: Sequence[Floats]) -> tuple[Floats, ...]:
        """Return, for each known row, what is added up over a group to learn its prior."""

    @abstractmethod
    def estimate(self, sums: Floats, parents: Floats) -> Peers:
        """Return what groups with `sums` [summands × cells] say of their prior, given their parents'."""

    @abstractmethod
    def scale(self, parameters: Floats) -> tuple[Floats, Floats]:
        """Return mean and standard deviation of the peers' true values, on the scale of points."""

    @abstractmethod
    def posterior(self, columns: Sequence[Floats], parameters: Floats) -> tuple[Floats, Floats]:
        """Return mean and variance of each row's true value, on the scale of points."""

    @abstractmethod
    def raw(self, columns: Sequence[Floats]) -> Floats:
        """Return the unshrunk value in the component's unit."""

    @abstractmethod
    def natural(self, scaled: Floats) -> Floats:
        """Return values on the scale of points in the component's unit."""


def weighted_spread(weights: tuple[Floats, Floats], firsts: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """Return the weighted sum of squares about the mean, and the weight that a true variance has in it.

    `weights` are Σw and Σw², `firsts` are Σwy and Σwy². With one peer or none the second is zero.
    """
    total, squares = weights
    first, second = firsts
    safe = np.where(total > 0, total, 1.0)
    return second - first * first / safe, np.maximum(total - squares / safe, 0.0)
