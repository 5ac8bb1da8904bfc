"""Readings: what one source says about a trait, as terms of a log-likelihood.

A log-likelihood is aθ + bθ² − Σ c · ln(1 + r · e^θ): with the sum empty it is normal, with r = 1 binomial, otherwise negative
binomial. So readings of all families add up, and thousands of rows are evaluated at once.
"""

from abc import ABC, abstractmethod
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar, Final, Literal, NamedTuple

import numpy as np

from scoring.tables import Bools, Floats, Table
from scoring.traits.scales import Scale

Basis = Literal["EVENTS", "REPORTED"]

UNKNOWN: Final = np.nan
SHARED: Final = 0.75
"""What a reading counts for of what its model says, where it shares errors with others that no model of a single one holds: taken at
their word, 90 % intervals cover 82 to 89 % on markets made by two generators (a power of the likelihood: Bissiri, Holmes and Walker
2016). Counts of events that are all seen share none: they are worth 1."""


class Constants(NamedTuple):
    """What is learnt of one reading in one window: y = bias + slope · θ + Σ covariates + noise; `dispersion` of counts."""

    bias: float
    slope: float
    noise: float
    covariates: tuple[float, ...] = ()
    centres: tuple[float, ...] = ()
    spreads: tuple[float, ...] = ()


class Seen(NamedTuple):
    """What the rows show through one reading; where `known` is false the columns hold a neutral value."""

    known: Bools
    y: Floats
    size: Floats
    covariates: tuple[Floats, ...]


class Terms(NamedTuple):
    """Each row's log-likelihood theta · θ + square · θ² − Σ power · ln(1 + rate · e^θ); `decays` holds (power, rate).

    All are zero where nothing is known.
    """

    theta: Floats
    square: Floats
    decays: tuple[tuple[Floats, Floats], ...] = ()

    def to_the(self, power: Floats) -> "Terms":
        """Return the likelihood to a power, one a row."""
        return Terms(power * self.theta, power * self.square, tuple((power * own, rate) for own, rate in self.decays))


@dataclass(frozen=True)
class Reading(ABC):
    """One source's word on a trait. `anchor` readings define the trait's unit: without bias, with slope 1.

    A `prior` is no witness: it says what is to be expected of a creator, learnt before from what witnesses say. Peers and constants are
    learnt without it, or it would bear itself out.
    """

    name: str
    _: KW_ONLY
    of: str
    basis: Basis = "EVENTS"
    about: str = ""
    anchor: bool = False
    prior: bool = False
    sensitive: bool = False
    noise: float = 0.3
    worth: float = SHARED

    family: ClassVar[str]
    formula: ClassVar[str]
    decays: ClassVar[bool]

    @property
    @abstractmethod
    def facts(self) -> frozenset[str]:
        """The columns of facts that it reads."""

    @property
    def signed(self) -> frozenset[str]:
        """Those of its columns that may be negative."""
        return frozenset()

    @property
    def declared(self) -> Constants:
        """The constants before anything is learnt."""
        return Constants(0.0, 1.0, self.noise)

    @abstractmethod
    def seen(self, table: Table) -> Seen:
        """Return what each row shows."""

    @abstractmethod
    def terms(self, seen: Seen, constants: Constants) -> Terms:
        """Return the reading's log-likelihood as coefficients."""

    @abstractmethod
    def information(self, seen: Seen, constants: Constants, theta: Floats) -> Floats:
        """Return how much each row's reading tells about θ at `theta` (inverse variance); 0 where unknown."""

    @abstractmethod
    def raw(self, seen: Seen, scale: Scale) -> Floats:
        """Return the plain value in the trait's unit, as the source has it."""

    @abstractmethod
    def pieces(self, seen: Seen) -> Floats:
        """Return how many pieces of evidence each row has."""
