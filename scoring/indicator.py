"""What an indicator is: a question and weighted components."""

from dataclasses import KW_ONLY, dataclass

from scoring.errors import DeclarationError
from scoring.traits import Component


@dataclass(frozen=True)
class Indicator:
    """An indicator as data: the peers' place of Σ weight · place over its components.

    `overall_weight` is its part in `overall` (0 leaves it out). `needs` says in words what would give it evidence. Without
    any evidence for a weighed component the score is null.
    """

    name: str
    _: KW_ONLY
    question: str
    components: tuple[Component, ...]
    needs: str
    overall_weight: float = 0.0

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
        return frozenset[str]().union(*(component.facts for component in self.components))

    @property
    def reason(self) -> str:
        """Why there is no score, where there is none."""
        return f"no evidence yet: needs {self.needs}"


@dataclass(frozen=True)
class Blend:
    """A blend of indicators with published weights; null where none of them has a value."""

    name: str
    _: KW_ONLY
    question: str

    @property
    def reason(self) -> str:
        """Why there is no score, where there is none."""
        return "no evidence yet: needs a value of any indicator"
