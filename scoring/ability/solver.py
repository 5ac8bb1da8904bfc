"""Newton's method with conjugate gradients for the effects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.ability.design import Design
from scoring.ability.likelihood import Curvature, State
from scoring.ability.prior import Prior
from scoring.ability.table import Floats

LONGEST: Final = 3.0
HALVINGS: Final = 12
ITERATIONS: Final = 400
SLACK: Final = 1e-9
LEAST: Final = 1e-300


def conjugate_gradients(matrix: Curvature, right: Floats, *, tolerance: float) -> Floats:
    """Solve for each column of `right`, shape (effects, columns), with Jacobi's preconditioner, to a relative residual."""
    inverse = 1 / matrix.diagonal()[:, None]
    answer, residual = np.zeros_like(right), right.copy()
    direction = inverse * residual
    product = (residual * direction).sum(axis=0)
    goal = tolerance**2 * np.maximum(product, LEAST)
    for _ in range(ITERATIONS):
        if (product <= goal).all():
            break
        image = matrix.times(direction)
        length = product / np.maximum((direction * image).sum(axis=0), LEAST)
        answer += length * direction
        residual -= length * image
        scaled = inverse * residual
        before, product = product, (residual * scaled).sum(axis=0)
        direction = scaled + product / np.maximum(before, LEAST) * direction
    return answer


@dataclass(frozen=True, slots=True)
class Posterior:
    """What Newton's method climbs: the design, the variance of each post's luck, and the prior."""

    design: Design
    luck: Floats
    prior: Prior

    def at(self, effects: Floats) -> tuple[State, float]:
        """Return the state at `effects` and the log density there."""
        state = State.at(self.design, effects, self.luck)
        return state, state.value() - 0.5 * float(effects @ self.prior.times(effects[:, None])[:, 0])


def newton(posterior: Posterior, effects: Floats, *, steps: int, accuracy: float) -> tuple[Floats, State]:
    """Return the effects of highest posterior density, and the state there; ends after `steps` or where none moves by `accuracy`."""
    prior = posterior.prior
    state, value = posterior.at(effects)
    for _ in range(steps):
        slope = state.slope() - prior.times(effects[:, None])[:, 0]
        step = conjugate_gradients(Curvature.of(state, prior, observed=False), slope[:, None], tolerance=0.03)[:, 0]
        step = step * min(1.0, LONGEST / max(float(np.abs(step).max(initial=0.0)), LONGEST))
        there, reached = posterior.at(effects + step)
        for _ in range(HALVINGS):
            if reached >= value - SLACK * abs(value):
                break
            step = step / 2
            there, reached = posterior.at(effects + step)
        effects, state, value = effects + step, there, reached
        if float(np.abs(step).max(initial=0.0)) < accuracy:
            break
    return effects, state
