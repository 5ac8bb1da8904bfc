"""Scorecards and their fit as a folder of Parquet, with the columns that `creatorgraph export scorecards --facts` has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from api.proof.manifest import package
from api.runs.event_folder import EventFolder
from api.runs.result_folder import SCORECARDS, write_manifest, write_table
from api.runs.scorecards import Scored
from graph.exports.scorecards import OF_INDICATOR
from graph.runs import Cards
from graph.runs.cards import TOP
from scoring.facts.events.arrow import Table, pa

BEFORE: Final = "Previous"
"""The column of an earlier run, of which a folder knows nothing."""


def write_scorecards(folder: Path, result: Scored, events: EventFolder) -> None:
    """Write into an empty folder; the same events make the same bytes, whatever computed them."""
    tables = {"scorecards": scorecard_table(result), "fit": pa.table({"fit": pa.array([result.fit.to_json()])})}
    files = {f"{name}.parquet": write_table(folder / f"{name}.parquet", table) for name, table in tables.items()}
    told = {
        "format": SCORECARDS,
        "package": package(),
        "asOf": events.period.as_of,
        "formulaVersion": result.fit.formula.version,
        "events": events.manifest,
        "scores": list(result.names),
        "facts": list(result.fact_names),
        "files": files,
    }
    write_manifest(folder, told)


def scorecard_table(result: Scored) -> Table:
    """Return the scorecards, in the order of window, category and creator; what is unknown is null."""
    cards = result.cards
    place = {
        "creatorId": _texts(cards.creator),
        "region": _texts(cards.region),
        "window": pa.array(cards.window),
        "categoryId": _texts(cards.category),
        "peers": pa.array(cards.peers),
    }
    scores: dict[str, Any] = {}
    for at, name in enumerate(result.names):
        columns = _of_indicator(cards, at)
        scores |= {f"{name}{each.name}": columns[each.name] for each in OF_INDICATOR if each.name != BEFORE}
    facts = {f"fact_{name}": _floats(cards.facts[:, at]) for at, name in enumerate(result.fact_names)}
    return pa.table({**place, **scores, **facts})


def _of_indicator(cards: Cards, at: int) -> Mapping[str, Any]:
    """Return one indicator's columns by how their names end."""
    scored, expected = cards.scored[:, at], cards.expected_rank[:, at]
    share = np.full(len(expected), np.nan)
    np.divide(expected - 0.5, scored, out=share, where=~np.isnan(expected))
    return {
        "": _floats(cards.value[:, at]),
        "Low": _floats(cards.low[:, at]),
        "High": _floats(cards.high[:, at]),
        "Percentile": _floats(cards.percentile[:, at]),
        "Rank": _counts(cards.rank[:, at]),
        "Peers": pa.array(np.ascontiguousarray(scored)),
        "Evidence": pa.array(np.ascontiguousarray(cards.evidence[:, at])),
        "Reason": _texts(cards.reason[:, at]),
        "Basis": _texts(cards.basis[:, at]),
        "ExpectedRank": _floats(expected),
        "ExpectedPercentile": _floats(100.0 * (1.0 - share)),
        "RankLow": _counts(cards.rank_low[:, at]),
        "RankHigh": _counts(cards.rank_high[:, at]),
        "Level": _counts(cards.level[:, at]),
        "LevelCount": _counts(cards.levels[:, at]),
        **{f"Top{size}Probability": _floats(cards.top[:, at, place]) for place, size in enumerate(TOP)},
    }


def _floats(values: NDArray[np.float64]) -> Any:
    return pa.array(values, from_pandas=True)


def _counts(values: NDArray[np.int64]) -> Any:
    return pa.array(np.ascontiguousarray(values), mask=np.asarray(values == 0))


def _texts(values: NDArray[Any]) -> Any:
    return pa.array([each or None for each in values.tolist()], type=pa.string())
