"""Whatever computes the parts of a run, and however many there are: the same bytes; and what says that nothing came of it."""

import socket
from dataclasses import fields
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from api.errors import BadUserInput
from api.runs.engines import LOCAL, Engine, EngineFailed, Local
from api.runs.engines import spark as spark_engine
from api.runs.engines.address import TOKEN, address_of
from api.runs.engines.spark import Spark, packed, unpacked
from api.runs.folder_run import score_folder
from graph.exports.errors import ExportError, FileThere
from scoring import FORMULA, Scores, apply
from scoring.batches import Scoring, fact_tables, scores_of
from tests.scoring.rows import declared, market

FILES = ("scorecards.parquet", "fit.parquet", "manifest.json")


def doubled(part: pa.Table) -> pa.Table:
    """Return a part twice."""
    return pa.concat_tables([part, part])


def refused(part: pa.Table) -> pa.Table:
    """Fail at every part."""
    raise ValueError(f"{part.num_rows} rows are too many")


def test_a_cluster_makes_the_same_bytes_as_this_machine(
    events: Path, scored_here: Path, sail: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.runs.scorecards.PART", 100)
    score_folder(events, tmp_path / "there", engine=Spark(sail))
    assert [(tmp_path / "there" / name).read_bytes() for name in FILES] == [(scored_here / name).read_bytes() for name in FILES]
    assert pq.read_table(scored_here / "scorecards.parquet").num_rows > 300


def bits(scores: Scores) -> dict[str, object]:
    """Return scores such that equal ones are equal to the last bit."""
    columns = {each.name: getattr(scores, each.name) for each in fields(Scores) if each.name != "names"}
    return {name: column.tolist() if column.dtype == object else column.tobytes() for name, column in columns.items()}


@pytest.mark.parametrize("rows", [600, 200, 86])
@pytest.mark.parametrize("where", ["here", "there"])
def test_one_three_or_seven_parts_in_any_order_give_the_bits_of_the_whole(rows: int, where: str, sail: str) -> None:
    engine: Engine = Local(2) if where == "here" else Spark(sail)
    facts = market(600)
    parts = fact_tables(facts, FORMULA, rows=rows)
    backwards = engine.mapped(Scoring(declared()), parts[::-1])
    assert len(parts) == {600: 1, 200: 3, 86: 7}[rows]
    assert bits(scores_of(backwards[::-1], FORMULA.names)) == bits(apply(facts, declared()))


def test_no_rows_have_no_scores() -> None:
    none = {name: column[:0] for name, column in market(4).items()}
    scores = scores_of(LOCAL.mapped(Scoring(declared()), fact_tables(none, FORMULA, rows=10)), FORMULA.names)
    assert scores.value.shape == (0, len(FORMULA.names))


def test_parts_that_do_not_fit_in_one_message_are_sent_in_several(sail: str, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [pa.table({"x": np.arange(each, dtype=np.float64)}) for each in (5, 0, 3, 4)]
    monkeypatch.setattr(spark_engine, "ROUND", len(packed(parts[0])) + len(packed(parts[1])))
    assert Spark(sail).mapped(doubled, parts) == [doubled(part) for part in parts]


def test_a_table_is_sent_with_its_types_and_unknown_values() -> None:
    table = pa.table(
        {"word": pa.array(["a", None, "a"]).dictionary_encode(), "x": [float("inf"), None, -0.0], "n": pa.array([1, 2, 3], pa.int32())}
    )
    again = unpacked(packed(table))
    assert again.schema == table.schema
    assert again == table


def test_what_a_worker_fails_at_is_told(sail: str) -> None:
    with pytest.raises(EngineFailed, match=r"failed: .*600 rows are too many.*; check that creatorgraph is installed on its workers"):
        Spark(sail).mapped(refused, fact_tables(market(600), FORMULA, rows=600))


def test_a_worker_of_another_version_is_refused(sail: str, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = iter([("creatorgraph 9.9", "1.0")])
    monkeypatch.setattr(spark_engine, "_versions", lambda: next(versions, ("creatorgraph 0.1.0", "1.0")))
    with pytest.raises(
        EngineFailed, match=r"this worker has creatorgraph 0\.1\.0 with formula 1\.0, who sent the part has creatorgraph 9\.9"
    ):
        Spark(sail).mapped(doubled, [pa.table({"x": [1]})])


def test_an_address_where_nobody_listens_is_told_at_once() -> None:
    with socket.create_server(("localhost", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(
        EngineFailed, match=rf"nobody answers at sc://localhost:{port} .*start the Spark Connect server, or correct --master"
    ):
        Spark(f"sc://localhost:{port}").mapped(doubled, [pa.table({"x": [1]})])


@pytest.mark.parametrize("master", ["localhost:15002", "spark://host:7077", "sc://", "sc://host:many"])
def test_an_address_that_is_none_is_refused(master: str) -> None:
    with pytest.raises(EngineFailed, match="is not the address of a Spark Connect server; give one as sc://host:15002"):
        Spark(master).mapped(doubled, [])


def test_an_address_that_is_none_is_not_repeated() -> None:
    with pytest.raises(EngineFailed) as refused:
        Spark("http://ann:planted@host/;token=planted").check()
    assert "planted" not in refused.value.message + repr(refused.value.__cause__) + repr(Spark("sc://host/;token=planted"))


def test_nothing_of_an_address_but_host_and_port_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "planted-too")
    address = address_of("sc://ann:planted%21@host:7/;use_ssl=true;token=planted%2B;session_id=planted-id")
    assert str(address) == "sc://host:7"
    assert "planted" not in repr(address)
    told = address.without_secrets(f"UNAUTHENTICATED: no such token planted+ or planted-too at {address.url}, session planted-id")
    assert told == "UNAUTHENTICATED: no such token … or … at sc://host:7, session …"


def test_a_token_is_in_no_error(sail: str) -> None:
    for parameters, why in (("token=planted;session_id=none", "failed: "), ("planted", "failed: ")):
        with pytest.raises(EngineFailed, match=why) as failed:
            Spark(f"{sail}/;{parameters}").check()
        assert "planted" not in failed.value.message


@pytest.mark.parametrize("parameters", ["", "/;token=secret", "/;use_ssl=false", "/;user_id=use_ssl=true"])
def test_exact_sales_do_not_leave_the_machine_unencrypted(parameters: str) -> None:
    with pytest.raises(EngineFailed, match=r"sc://192\.0\.2\.1:15002 is another machine, .* unencrypted; add /;use_ssl=true to --master"):
        Spark(f"sc://192.0.2.1{parameters}").check()


@pytest.mark.parametrize(
    "address", ["sc://host/;use_ssl=true", "sc://host/;token=x;use_ssl=TRUE", "sc://localhost", "sc://[::1]:7", "sc://127.0.0.2"]
)
def test_what_stays_on_the_machine_or_is_encrypted_is_sent(address: str) -> None:
    address_of(address).refuse_unencrypted()


def test_a_listener_that_says_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_engine, "FIRST_ANSWER", 0.3)
    with socket.create_server(("localhost", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(EngineFailed, match=rf"sc://localhost:{port} takes connections, but has said nothing in 0\.3 s"):
            Spark(f"sc://localhost:{port}").check()


def test_what_a_run_needs_is_asked_for_before_anything_is_read(tmp_path: Path) -> None:
    nothing, there = tmp_path / "nothing", tmp_path / "there"
    there.mkdir()
    with pytest.raises(FileThere, match="there already exists"):
        score_folder(nothing, there)
    with pytest.raises(FileThere, match="engines is not a folder of event tables or scorecards"):
        score_folder(nothing, Path(__file__).parent, overwrite=True)
    with pytest.raises(ExportError, match="nowhere is not a folder; create it first"):
        score_folder(nothing, tmp_path / "nowhere" / "out")
    with pytest.raises(EngineFailed, match="is not the address"):
        score_folder(nothing, tmp_path / "out", engine=Spark("localhost"))


def test_event_tables_are_not_replaced_by_their_scores(events: Path) -> None:
    for out in (events, events.parent):
        with pytest.raises(BadUserInput, match="holds the event tables, which the scorecards would replace"):
            score_folder(events, out, overwrite=True)
    assert (events / "manifest.json").exists()
