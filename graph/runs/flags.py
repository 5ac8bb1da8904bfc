"""A run's flags: what makes a creator's data look dishonest, each with what it stands on; no part of a scorecard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, LiteralString, Protocol

from numpy.typing import NDArray

from graph.runs.building import Building

BATCH: Final = 5_000


class Flags(Protocol):
    """One row a flag, by creator and kind; `evidence` are nodes as `Label:id`."""

    @property
    def creator(self) -> NDArray[Any]: ...
    @property
    def kind(self) -> NDArray[Any]: ...
    @property
    def observed(self) -> NDArray[Any]: ...
    @property
    def expected(self) -> NDArray[Any]: ...
    @property
    def p_value(self) -> NDArray[Any]: ...
    @property
    def q_value(self) -> NDArray[Any]: ...
    @property
    def precision(self) -> NDArray[Any]: ...
    @property
    def evidence(self) -> Sequence[Sequence[str]]: ...


FLAG: Final[LiteralString] = """
MATCH (run:BuildingRun {id: $run, token: $token})
UNWIND $flags AS flag
MATCH (c:Creator {id: flag.creatorId})
CREATE (c)<-[:CONCERNS]-(f:Flag {id: $run + '|' + flag.key, runId: $run})
SET f += flag
RETURN count(f) AS made
"""


async def store_flags(building: Building, flags: Flags) -> None:
    """Write the flags under a run that is being made; readers see them once it is published."""
    rows = _rows(flags)
    await building.write(FLAG, ({"flags": rows[at]} for at in building.batches(len(rows), BATCH)))


def _rows(flags: Flags) -> list[dict[str, Any]]:
    """Return each flag's properties; its key, `creator|kind`, is the same in every run, so that an appeal outlives a run."""
    columns = {
        "creatorId": flags.creator.tolist(),
        "kind": flags.kind.tolist(),
        "observed": flags.observed.tolist(),
        "expected": flags.expected.tolist(),
        "pValue": flags.p_value.tolist(),
        "qValue": flags.q_value.tolist(),
        "precision": flags.precision.tolist(),
        "evidence": [list(each) for each in flags.evidence],
    }
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return [{**row, "key": f"{row['creatorId']}|{row['kind']}"} for row in rows]
