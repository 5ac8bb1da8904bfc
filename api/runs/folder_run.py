"""A scoring run without a graph: event tables of a folder in, scorecards of another out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from api.errors import BadUserInput
from api.process.startup import Tell
from api.runs.engines import LOCAL, Engine
from api.runs.event_folder import read_folder
from api.runs.inputs import NothingToScore
from api.runs.phases import Clock, silent
from api.runs.result_folder import refuse_place, result_folder
from api.runs.scorecard_files import write_scorecards
from api.runs.scorecards import scored
from scoring.facts import market


@dataclass(frozen=True, slots=True)
class FolderOutcome:
    """What a run over a folder has made."""

    path: str
    as_of: int
    until: int
    formula_version: str
    creators: int
    scorecards: int
    residual: float
    seconds: dict[str, float]
    reasons: dict[str, dict[str, int]]


def score_folder(events: Path, out: Path, *, tell: Tell = silent, engine: Engine = LOCAL, overwrite: bool = False) -> FolderOutcome:
    """Score what `creatorgraph export events` wrote; EventFolderRefused where it is not that, NothingToScore without a creator.

    The scores are those that a run from the graph would publish for who sees all: the same code computes them.
    """
    if events.resolve().is_relative_to(out.resolve()):
        raise BadUserInput(f"{out} holds the event tables, which the scorecards would replace; choose another folder for --out")
    refuse_place(out, overwrite=overwrite)
    engine.check()
    clock = Clock(tell)
    with clock.phase("read"):
        folder = read_folder(events)
        if not folder.rows["creators"]:
            raise NothingToScore(f"{events} holds no creators; import data, and write it again with `creatorgraph export events`")
        found = market(folder.tables(), folder.period)
    with clock.phase("score"):
        result = scored(found, engine=engine)
    with clock.phase("store"), result_folder(out, overwrite=overwrite) as aside:
        write_scorecards(aside, result, folder)
    return FolderOutcome(
        path=str(out),
        as_of=folder.period.as_of,
        until=folder.period.until,
        formula_version=result.fit.formula.version,
        creators=len(found.creators.id),
        scorecards=len(result.cards),
        residual=result.residual,
        seconds=clock.seconds,
        reasons=result.reasons(),
    )
