"""Amounts, levels, measures, ranges and estimates: what is normal, on logarithms or as it is."""

from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

import numpy as np

from scoring.components.component import Observed
from scoring.components.normals import MOST_FREEDOM, Normal
from scoring.tables import Bools, Floats, Table


def _seen(known: Bools, y: Floats, count: Floats) -> Observed:
    """Return values without a variance of their own, seen `count` times."""
    nothing = np.zeros_like(y)
    return Observed(known, (np.where(known, y, 0.0), np.where(known, count, 1.0), nothing, nothing))


@dataclass(frozen=True)
class Amount(Normal):
    """The mean `of` logarithms (a column) over `count` things, with the sample variance `var` of one.

    Without `var` the declared noise stands.
    """

    _: KW_ONLY
    of: str
    count: str
    var: str | None = None

    family: ClassVar[str] = "amount"

    @property
    def learns_noise(self) -> bool:
        return self.var is not None

    @property
    def facts(self) -> frozenset[str]:
        return frozenset(name for name in (self.of, self.var, self.count) if name)

    @property
    def signed(self) -> frozenset[str]:
        return frozenset((self.of,))

    @property
    def meaning(self) -> str:
        return self.about or f"typical value behind {self.of}".replace("_", " ")

    @property
    def symbols(self) -> str:
        return f"exp({self.of})" if self.logged else self.of

    def observe(self, table: Table) -> Observed:
        y, count = table[self.of], table[self.count]
        variance = table[self.var] if self.var else np.full(table.rows, np.nan)
        known = (count >= max(self.least, 1.0)) & ~np.isnan(y)
        varied = known & ~np.isnan(variance) & (count > 1)
        freedom = np.where(varied, np.minimum(count - 1.0, MOST_FREEDOM), 0.0)
        columns = (np.where(known, y, 0.0), np.where(known, count, 1.0), np.where(varied, variance, 0.0), freedom)
        return Observed(known, columns)


@dataclass(frozen=True)
class Level(Amount):
    """The mean `of` values as they are (a rating from 1 to 5) over `count` things."""

    family: ClassVar[str] = "level"
    logged: ClassVar[bool] = False

    @property
    def signed(self) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True)
class Measure(Normal):
    """One positive figure, `of` or `of / per`, on a logarithm; `count` less `lost` says how often it was seen.

    Without `count` it was seen once. `floor` is added first, for figures that may be zero.
    """

    _: KW_ONLY
    of: str
    per: str | None = None
    count: str | None = None
    lost: float = 0.0
    floor: float = 0.0

    family: ClassVar[str] = "measure"

    @property
    def facts(self) -> frozenset[str]:
        return frozenset(name for name in (self.of, self.per, self.count) if name)

    @property
    def meaning(self) -> str:
        return self.about or self.symbols.replace("_", " ").replace(" / ", " per ")

    @property
    def symbols(self) -> str:
        return f"{self.of} / {self.per}" if self.per else self.of

    def natural(self, scaled: Floats) -> Floats:
        return np.maximum(np.exp(scaled) - self.floor, 0.0)

    def observe(self, table: Table) -> Observed:
        figure = table[self.of]
        if self.per:
            exposure = table[self.per]
            figure = figure / np.where(exposure > 0, exposure, np.nan)
        figure = figure + self.floor
        count = table[self.count] if self.count else np.ones(table.rows)
        known = (figure > 0) & (count >= self.least) & (count - self.lost > 0)
        return _seen(known, np.log(np.where(known, figure, 1.0)), count - self.lost)


@dataclass(frozen=True)
class Bounds(Normal):
    """One positive figure, `exact` where it is known and else between `low` and `high`, over `per`.

    A range stands for its geometric middle, with the noise of a value that may lie anywhere in it.
    """

    _: KW_ONLY
    exact: str
    low: str
    high: str
    per: str

    family: ClassVar[str] = "bounds"

    @property
    def facts(self) -> frozenset[str]:
        return frozenset((self.exact, self.low, self.high, self.per))

    @property
    def meaning(self) -> str:
        return self.about or f"{self.exact} per {self.per}, or the middle of its range".replace("_", " ")

    @property
    def symbols(self) -> str:
        return f"({self.exact} or √({self.low} · {self.high})) / {self.per}"

    def observe(self, table: Table) -> Observed:
        low, high, exact, per = (table[name] for name in (self.low, self.high, self.exact, self.per))
        ranged = (low > 0) & (high >= low)
        middle = np.sqrt(np.where(ranged, low, 1.0) * np.where(ranged, high, 1.0))
        figure = np.where(exact > 0, exact, np.where(ranged, middle, np.nan))
        known = (figure > 0) & (per > 0) & (per >= self.least)
        width = np.log(np.where(ranged & ~(exact > 0), high / np.where(ranged, low, 1.0), 1.0))
        noise = self.noise**2
        seen = noise / (noise + width * width / 12.0)
        return _seen(known, np.log(np.where(known, figure, 1.0) / np.where(known, per, 1.0)), seen)


@dataclass(frozen=True)
class Estimate(Normal):
    """A creator's effect on a logarithm, with its standard error, as another model has worked it out.

    The door for the joint model of selling ability: its solver makes two columns, this reads them.
    """

    _: KW_ONLY
    of: str
    error: str

    family: ClassVar[str] = "estimate"

    @property
    def facts(self) -> frozenset[str]:
        return frozenset((self.of, self.error))

    @property
    def signed(self) -> frozenset[str]:
        return frozenset((self.of,))

    @property
    def meaning(self) -> str:
        return self.about or f"factor exp({self.of})".replace("_", " ")

    @property
    def symbols(self) -> str:
        return f"exp({self.of})"

    def observe(self, table: Table) -> Observed:
        y, error = table[self.of], table[self.error]
        known = ~np.isnan(y) & (error > 0)
        ratio = self.noise / np.where(known, error, self.noise)
        return _seen(known, y, ratio * ratio)
