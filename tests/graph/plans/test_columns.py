"""Columns of a scorecard become scores as they stand in an answer."""

from __future__ import annotations

from typing import Any

import pytest

from graph.plans.columns import Columns, listed, made
from graph.plans.parts import Finishing

NAN = float("nan")
INDICATORS = ("overall", "diligence")


def answer(name: str, row: list[Any]) -> Any:
    """Return what one field of the second of two indicators says of a row of columns."""
    columns = Columns("s1")
    finish = made({name: columns.known(name, "diligence", 1)})
    assert len(columns.expressions) == len(row)
    return finish(row, Finishing(inputs=None))[name]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "row", "said"),
    [
        ("value", [61.5], 61.5),
        ("value", [None], None),
        ("low", [61.5, 50.0], 50.0),
        ("low", [None, NAN], None),
        ("level", [61.5, 2], 2),
        ("level", [None, 0], None),
        ("rank", [61.5, 3], 3),
        ("rank", [None, 0], None),
        ("reason", [None, "2 of 5 posts needed"], "2 of 5 posts needed"),
        ("reason", [61.5, ""], None),
        ("basis", [61.5, ""], None),
        ("evidence", [61.5, None], 0),
        ("peers", [61.5, 12], 12),
        ("previous", [61.5, 60.0], 60.0),
        ("previous", [61.5, NAN], None),
        ("previous", [61.5, None], None),
        ("expectedPercentile", [61.5, 1.5, 4], 75.0),
        ("expectedPercentile", [None, NAN, 4], None),
    ],
)
def test_what_stands_for_nothing_is_null(name: str, row: list[Any], said: Any) -> None:
    assert answer(name, row) == said


def test_a_list_is_read_once_for_all_indicators_and_null_beyond_its_end() -> None:
    columns = Columns("s1", INDICATORS)
    finishes = [made({"value": columns.score(each), "peers": columns.known("peers", each, place)}) for place, each in enumerate(INDICATORS)]
    assert columns.text() == "[[s1.overall, s1.diligence], s1.scored]"
    finish, finishing = listed(columns, finishes), Finishing(inputs=None)  # type: ignore[arg-type]
    assert finish([[61.5, None], [12]], finishing) == [{"value": 61.5, "peers": 12}, {"value": None, "peers": None}]
    assert finish([[61.5, 7.0], None], finishing) == [{"value": 61.5, "peers": None}, {"value": 7.0, "peers": None}]
    assert finish(None, finishing) == []


def test_scores_of_which_nothing_is_read_are_there_nevertheless() -> None:
    columns = Columns("s1", INDICATORS)
    finish = listed(columns, [made({"indicator": repr(each.upper())}) for each in INDICATORS])
    assert columns.text() == "[]"
    assert finish([], Finishing(inputs=None)) == [{"indicator": "OVERALL"}, {"indicator": "DILIGENCE"}]  # type: ignore[arg-type]


def test_no_score_has_an_unknown_field() -> None:
    with pytest.raises(LookupError, match="a score has no nothing"):
        Columns("s1").known("nothing", "overall", 0)
