"""What all creators share: the traits as learnt, and how blends vary among peers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from scoring.errors import FitError
from scoring.formula import FORMULA, Formula
from scoring.traits.fitted import Fitted
from scoring.traits.shape import Shape


@dataclass(frozen=True, eq=False)
class Fit:
    """Traits by component key, and variances of blends by name and window. One without either has learnt nothing."""

    traits: Mapping[str, Fitted] = field(default_factory=dict[str, Fitted])
    blends: Mapping[str, Mapping[int, float]] = field(default_factory=dict[str, Mapping[int, float]])
    formula: Formula = FORMULA

    def fitted(self, key: str) -> Fitted:
        """Return what was learnt of a component; the declared prior where nothing was."""
        return self.traits.get(key) or Fitted(Shape.normal())

    def to_json(self) -> str:
        """Return the fit as JSON, the same text for equal fits."""
        stored = {
            "formula": self.formula.version,
            "traits": {key: one.stored() for key, one in sorted(self.traits.items())},
            "blends": {name: sorted(one.items()) for name, one in sorted(self.blends.items())},
        }
        return json.dumps(stored, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str, *, formula: Formula = FORMULA) -> "Fit":
        """Return the fit that `to_json` wrote; refuses one of another formula, whose constants mean something else."""
        try:
            stored = cast("dict[str, Any]", json.loads(text))
            version, traits, blends = stored["formula"], stored["traits"], stored["blends"]
        except (ValueError, KeyError, TypeError) as error:
            raise FitError(f"not a stored fit ({error!r}); give the text that to_json wrote") from error
        if version != formula.version:
            raise FitError(f"the fit is of formula {version}, this is {formula.version}; score anew, or use the version that made it")
        return cls(
            {key: Fitted.restored(one) for key, one in traits.items()},
            {name: {int(window): float(spread) for window, spread in rows} for name, rows in blends.items()},
            formula,
        )
