"""SciPy's statistics and optimisation, loaded when first used: half a second of its start that a service without a run spares."""

from __future__ import annotations

from typing import Any

import scipy as untyped  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

scipy: Any = untyped
