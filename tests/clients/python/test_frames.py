"""Records as frames."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from creatorgraph.columns import INSTANT, NUMBER, OPEN, TEXT, WHOLE, selection, with_fields
from creatorgraph.frames import flattened, frame


def test_a_path_that_breaks_off_is_null() -> None:
    rows = [{"id": "a", "score": {"value": 1.5}}, {"id": "b", "score": None}, {"id": "c"}]
    assert frame(rows, {"id": TEXT, "score.value": NUMBER}).to_dict(as_series=False) == {
        "id": ["a", "b", "c"],
        "score.value": [1.5, None, None],
    }


def test_no_records_have_all_columns_with_their_types() -> None:
    empty = frame([], {"id": TEXT, "n": WHOLE, "at": INSTANT, "open": OPEN})
    assert empty.schema == {"id": pl.String, "n": pl.Int64, "at": pl.Datetime("us", "UTC"), "open": pl.Null}


def test_instants_are_in_utc() -> None:
    (found,) = frame([{"joinedAt": "2026-01-31T00:00:00Z"}], {"joinedAt": OPEN})["joinedAt"]
    assert found == datetime(2026, 1, 31, tzinfo=UTC)


def test_any_answer_can_be_flattened() -> None:
    rows = [{"id": "a", "run": {"asOf": "2026-01-31T00:00:00Z", "n": 1}}, {"id": "b", "tags": ["x"], "run": {"n": 2.5}}]
    found = flattened(rows)
    assert found.columns == ["id", "run.asOf", "run.n", "tags"]
    assert found["run.n"].to_list() == [1.0, 2.5]
    assert found["run.asOf"].dtype == pl.Datetime("us", "UTC")
    assert found["tags"].to_list() == [None, ["x"]]
    assert flattened([]).shape == (0, 0)


def test_a_selection_asks_for_each_path_once() -> None:
    assert selection(["id", "score.value", "score.low"], {"score": "(window: D7)"}) == "{ id score(window: D7) { value low } }"


def test_further_fields_do_not_change_ours() -> None:
    assert with_fields({"id": TEXT}, ["bio", "id"]) == {"id": TEXT, "bio": OPEN}
