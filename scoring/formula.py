"""The formula in force: every declared indicator, the blend of them, and the version of the whole."""

import hashlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Final, NamedTuple

from scoring import indicators as declarations
from scoring.errors import DeclarationError
from scoring.indicator import Blend, Indicator
from scoring.overall import OVERALL
from scoring.traits import Component

METHOD: Final = "2.2"
"""Version of what is not declared: change it with the arithmetic of shrinkage, points or intervals."""

ORDER: Final = (
    "cooperation",
    "diligence",
    "influence",
    "content_volume",
    "content_success",
    "sales_ability",
    "collaboration",
    "consistency",
)


class Part(NamedTuple):
    """A component in its place: its key is unique in the formula."""

    key: str
    component: Component


@dataclass(frozen=True)
class Formula:
    """Indicators and their blend; everything that scoring needs to know of them."""

    indicators: tuple[Indicator, ...]
    blend: Blend = OVERALL

    def __post_init__(self) -> None:
        if len(set(self.names)) != len(self.names):
            raise DeclarationError(f"indicators {self.names} share a name; a name must be unique; rename one")

    @property
    def names(self) -> tuple[str, ...]:
        """The blend's name and then the indicators', in order."""
        return (self.blend.name, *(indicator.name for indicator in self.indicators))

    @property
    def facts(self) -> frozenset[str]:
        """All columns of facts that any declaration reads."""
        return frozenset[str]().union(*(indicator.facts for indicator in self.indicators))

    @cached_property
    def signed(self) -> frozenset[str]:
        """The columns that may be negative."""
        return frozenset[str]().union(*(part.component.signed for part in self.parts()))

    @cached_property
    def version(self) -> str:
        """A readable version of the method and a digest of all declarations."""
        digest = hashlib.sha256(repr((self.indicators, self.blend)).encode()).hexdigest()
        return f"{METHOD}-{digest[:12]}"

    def parts(self) -> Iterator[Part]:
        """Yield every component."""
        for indicator in self.indicators:
            yield from parts(indicator)


def parts(indicator: Indicator) -> tuple[Part, ...]:
    """Return the indicator's components, with their keys."""
    return tuple(Part(f"{indicator.name}.{part.name}", part) for part in indicator.components)


def _declared() -> tuple[Indicator, ...]:
    """Return the indicators found in the modules of `scoring.indicators`: the known order, then added ones by name."""
    found: dict[str, Indicator] = {}
    for module in pkgutil.iter_modules(declarations.__path__, f"{declarations.__name__}."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, Indicator):
                found[value.name] = value
    places = {name: place for place, name in enumerate(ORDER)}
    return tuple(sorted(found.values(), key=lambda one: (places.get(one.name, len(ORDER)), one.name)))


FORMULA: Final = Formula(_declared())


def camel(name: str) -> str:
    """Return an indicator's snake_case name as a property's camelCase one."""
    head, *tail = name.split("_")
    return head + "".join(word.capitalize() for word in tail)
