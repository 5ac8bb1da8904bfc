"""Random walks with restart on a two-sided graph, many restarts solved as one block.

With P the walk's matrix, the mass y of a restart r solves y = αPᵀy + r up to its sum: what dangling nodes lose returns to
the restart, so that the normalised y is the PageRank. After scaling by the roots of the degrees the two-sided part is
symmetric, and one side falls away: a = f + αS(g + αSᵀa). Without directed edges conjugate gradients solve that: the
eigenvalues lie between 1 − α² and 1, so a step gains a factor of about 3. With them the system is not symmetric and
BiCGSTAB takes over, at two products of the matrix a step; should it stall, plain steps of the walk finish.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from scipy import sparse as scipy_sparse  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.solvers import Sparse, System, solution
from scoring.tables import Floats

sparse: Any = scipy_sparse

COLUMNS: Final = 10
"""Restarts solved together; fixed, so that the number of cores never changes a bit of the answer."""
THREADS: Final = 2


class Mass(NamedTuple):
    """Mass by node of the near and the far side, each column summing to 1 over both, and the largest residual."""

    near: Floats
    far: Floats
    residual: float


@dataclass(frozen=True, eq=False)
class Walk:
    """A walk between a near and a far side (weights [near × far]), with directed edges on the near side or None."""

    weights: Sparse
    directed: Sparse | None
    alpha: float
    tol: float

    def mass(self, near: Sparse, far: Sparse) -> Mass:
        """Return the mass for restarts `near` [near × columns] and `far` [far × columns], sparse or dense.

        A column without any restart has no mass. The residual is ‖x − αPᵀx − (1 − α + α·dangling)r‖₁, the largest of all.
        """
        scaled = Scaled.of(self.weights, self.directed)

        def part(block: slice) -> Mass:
            return self._part(scaled, dense(near[:, block]), dense(far[:, block]))

        columns = int(near.shape[1])
        blocks = [slice(start, min(start + COLUMNS, columns)) for start in range(0, columns, COLUMNS)]
        with ThreadPoolExecutor(max_workers=THREADS) as pool:
            parts = list(pool.map(part, blocks))
        return _joined(parts) if parts else Mass(np.zeros(near.shape), np.zeros(far.shape), 0.0)

    def _part(self, scaled: "Scaled", near: Floats, far: Floats) -> Mass:
        total = near.sum(axis=0) + far.sum(axis=0)
        safe = np.where(total > 0, total, 1.0)
        kept, dropped, error = scaled.solved(near / safe, far / safe, self.alpha, self.tol / 2.0)
        mass = np.where(total > 0, kept.sum(axis=0) + dropped.sum(axis=0), 1.0)
        # What the solver lost or gained of the mass moves the restart's share by no more than the residual itself.
        return Mass(kept / mass, dropped / mass, float(np.max(2.0 * error / mass, initial=0.0)))


@dataclass(frozen=True, eq=False)
class Scaled:
    """The graph scaled by the roots of its degrees; a node without a way out keeps what reaches it."""

    across: Sparse
    back: Sparse
    directed: Sparse | None
    near_root: Floats
    far_root: Floats

    @classmethod
    def of(cls, weights: Sparse, directed: Sparse | None) -> "Scaled":
        """Return the scaled graph of weights [near × far] and directed edges [near × near]."""
        out = degrees(weights, 1) + (0.0 if directed is None else degrees(directed, 1))
        near, far = _root(out), _root(degrees(weights, 0))
        left, right = sparse.diags_array(1.0 / near), sparse.diags_array(1.0 / far)
        across = (left @ weights @ right).tocsr()
        turned = None if directed is None else (left @ directed.T @ left).tocsr()
        return cls(across, across.T.tocsr(), turned, near, far)

    def solved(self, near: Floats, far: Floats, alpha: float, tol: float) -> tuple[Floats, Floats, Floats]:
        """Return the mass near and far, before it is normalised, and the residuals; the larger side falls away."""
        if self.directed is None and len(self.near_root) > len(self.far_root):
            kept, gone, error = _eliminated(self._far_system(alpha), far, near, self.near_root, tol)
            return gone, kept, error
        return _eliminated(self._near_system(alpha), near, far, self.far_root, tol)

    def _near_system(self, alpha: float) -> System:
        return System(self.across, self.back, self.directed, alpha, self.near_root)

    def _far_system(self, alpha: float) -> System:
        return System(self.back, self.across, None, alpha, self.far_root)


def _eliminated(system: System, kept: Floats, gone: Floats, gone_root: Floats, tol: float) -> tuple[Floats, Floats, Floats]:
    kept, gone = kept / system.roots[:, np.newaxis], gone / gone_root[:, np.newaxis]
    found, error = solution(system, kept + system.alpha * (system.across @ gone), tol)
    gone = gone + system.alpha * (system.back @ found)
    return found * system.roots[:, np.newaxis], gone * gone_root[:, np.newaxis], error


def _joined(parts: list[Mass]) -> Mass:
    near = np.concatenate([part.near for part in parts], axis=1)
    return Mass(near, np.concatenate([part.far for part in parts], axis=1), max(part.residual for part in parts))


def dense(block: Any) -> Floats:
    """Return a sparse or dense block as a dense one."""
    return np.ascontiguousarray(block.toarray() if sparse.issparse(block) else block, dtype=np.float64)


def degrees(matrix: Sparse, axis: int) -> Floats:
    """Return the sums of a sparse matrix's rows (axis 1) or columns (axis 0)."""
    return np.asarray(matrix.sum(axis=axis), dtype=np.float64).reshape(-1)


def _root(sums: Floats) -> Floats:
    return np.sqrt(np.where(sums > 0, sums, 1.0))
