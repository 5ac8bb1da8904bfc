"""HiGHS, which says nothing and uses one core."""

from collections.abc import Callable
from typing import Any

import highspy


class Silent(highspy.Highs):
    """HiGHS greets on standard output when callbacks are enabled, which its constructor does before an option can be set."""

    def enableCallbacks(self) -> Any:  # noqa: N802 -- HiGHS's name
        """Enable callbacks, and say nothing."""
        self.setOptionValue("output_flag", False)
        return super().enableCallbacks()


def exact_solver(*, stop: Callable[[], bool] | None = None, **options: float) -> Any:
    """Return a solver that ends with a proven optimum, or once `stop` says so, which it asks every now and then; on one thread."""
    solver: Any = Silent()
    if stop is not None:

        def interrupt(event: Any) -> None:
            if stop():
                event.interrupt()

        solver.cbMipInterrupt += interrupt
    for option, value in {"threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 0.0, **options}.items():
        solver.setOptionValue(option, value)
    return solver
