"""What an indicator is made of: a latent trait, what reads it, and the prior before anything is learnt."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, replace
from typing import Literal

import numpy as np

from scoring.errors import DeclarationError
from scoring.tables import Bools, Floats
from scoring.traits.readings import Reading
from scoring.traits.scales import Scale, natural, scaled


@dataclass(frozen=True)
class Component:
    """One trait with its weight, direction, unit and readings.

    `typical` (in the trait's unit) and `spread` (on its scale) are the declared prior, which counts as a few peers. Where there is a
    `floor` (in the trait's unit), some peers stand right there, all alike: how many is learnt of each group. `alike` is the correlation
    of the readings' errors: of n that speak each counts 1 / (1 + alike (n − 1)), as n observations that go together do.
    """

    name: str
    _: KW_ONLY
    weight: float
    readings: tuple[Reading, ...]
    scale: Scale = "log"
    better: Literal["higher", "lower"] = "higher"
    about: str = ""
    unit: str = ""
    typical: float = 1.0
    spread: float = 1.0
    floor: float | None = None
    alike: float = 0.0

    def __post_init__(self) -> None:
        names = [reading.name for reading in self.readings]
        if not (np.isfinite(self.weight) and self.weight >= 0 and self.spread > 0):
            raise DeclarationError(
                f"component {self.name}: weight {self.weight:g} and spread {self.spread:g};"
                " a weight is at least 0 and a spread above 0; correct the declaration"
            )
        if not 0.0 <= self.alike < 1.0:
            raise DeclarationError(
                f"component {self.name}: alike {self.alike:g}; a correlation of errors lies from 0 to below 1; correct the declaration"
            )
        if not names or len(set(names)) != len(names):
            raise DeclarationError(f"component {self.name}: readings {names}; give at least one, each with a name of its own")

    @property
    def witnessed(self) -> "Component":
        """The component without what is only expected: what is learnt from."""
        return replace(self, readings=tuple(reading for reading in self.readings if not reading.prior))

    @property
    def sign(self) -> float:
        """+1 where more is better, −1 where less is."""
        return 1.0 if self.better == "higher" else -1.0

    @property
    def facts(self) -> frozenset[str]:
        """The columns of facts that it reads."""
        return frozenset[str]().union(*(reading.facts for reading in self.readings))

    @property
    def signed(self) -> frozenset[str]:
        """Those of its columns that may be negative."""
        return frozenset[str]().union(*(reading.signed for reading in self.readings))

    @property
    def centre(self) -> float:
        """The declared prior's centre on the trait's scale."""
        return float(scaled(np.array([self.typical]), self.scale)[0])

    @property
    def bottom(self) -> float | None:
        """The floor on the trait's scale; None where there is none."""
        return None if self.floor is None else float(scaled(np.array([self.floor]), self.scale)[0])

    def counted(self, known: Sequence[Bools]) -> Floats:
        """Return what each reading of a row counts for, given of which rows each reading speaks."""
        return 1.0 / (1.0 + self.alike * np.maximum(np.sum(known, axis=0) - 1.0, 0.0))

    def natural(self, theta: Floats) -> Floats:
        """Return traits in their own unit."""
        return natural(theta, self.scale)
