"""The market on disk: the same bytes again, in every format, and nothing of others removed."""

import csv
import gzip
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.rows import Row
from graph.sources import read
from simulation import FolderRefused, Market, market
from simulation.writing import Format, emptied, files_of, refuse_inside, write_tables

DIGEST = """
import hashlib, sys
from pathlib import Path
from simulation import market
from simulation.responses import write_responses
from simulation.writing import write_tables
made = market(5, creators=60, days=30)
write_tables(made.tables, Path(sys.argv[1]) / "tables")
write_responses(made.world, Path(sys.argv[1]) / "responses")
"""


def digest(folder: Path) -> dict[str, str]:
    """Return the digest of each file below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_bytes_whatever_the_number_of_threads(tmp_path: Path) -> None:
    found = []
    for threads in ("1", "4"):
        out = tmp_path / threads
        limits = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ARROW_NUM_THREADS"), threads)
        subprocess.run([sys.executable, "-c", DIGEST, str(out)], check=True, env=os.environ | limits, timeout=120)
        found.append(digest(out))
    assert len(found[0]) > 100
    assert found[0] == found[1]


@pytest.mark.parametrize("format_", Format)
def test_each_format_is_written_alike_twice(small: Market, tmp_path: Path, format_: Format) -> None:
    some = {name: small[name] for name in ("creators", "sales", "collaborations")}
    write_tables(some, tmp_path / "one", format_=format_)
    write_tables(some, tmp_path / "two", format_=format_)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")
    assert set(digest(tmp_path / "one")) == {f"{name}.{format_}" for name in some}


@pytest.mark.parametrize("format_", Format)
def test_the_importer_reads_the_same_rows_from_each_format(small: Market, tmp_path: Path, format_: Format) -> None:
    write_tables({name: rows.slice(0, 60) for name, rows in small.tables.items()}, tmp_path, format_=format_)
    items = list(read(tmp_path))
    assert all(isinstance(item, Row) for item in items), [item for item in items if not isinstance(item, Row)][:3]
    assert len(items) == sum(min(rows.num_rows, 60) for rows in small.tables.values())
    sale = next(item.values for item in items if isinstance(item, Row) and item.table == "sales")
    first = {name: value for name, value in small["sales"].slice(0, 1).to_pylist()[0].items() if value is not None}
    assert {name: sale.get(name) for name in ("id", "at", "quantity", "gmv", "seen_at", "statuses")} == {
        name: first[name] for name in ("id", "at", "quantity", "gmv", "seen_at", "statuses")
    }


def test_cells_of_csv_are_plain(tmp_path: Path) -> None:
    rows = pa.table({"id": ["a"], "leaf": [True], "names": [["x", "y"]], "none": pa.nulls(1, pa.string())})
    write_tables({"odd": rows}, tmp_path, format_=Format.CSV_GZ)
    lines = list(csv.reader(gzip.decompress((tmp_path / "odd.csv.gz").read_bytes()).decode().splitlines()))
    assert lines == [["id", "leaf", "names", "none"], ["a", "true", "x|y", ""]]
    write_tables({"odd": rows}, tmp_path, format_=Format.JSONL)
    assert json.loads((tmp_path / "odd.jsonl").read_text()) == {"id": "a", "leaf": True, "names": ["x", "y"]}


def test_a_folder_that_holds_something_is_refused_and_overwriting_spares_what_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "sales.csv").write_text("old")
    with pytest.raises(FolderRefused, match=r"not empty.*--overwrite"):
        emptied(tmp_path, overwrite=False, parts=files_of(["sales"]))
    emptied(tmp_path, overwrite=True, parts=files_of(["sales"]))
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    emptied(tmp_path / "new", overwrite=False, parts=())


def test_truth_may_not_lie_where_it_would_be_imported(tmp_path: Path) -> None:
    with pytest.raises(FolderRefused, match="lies in"):
        refuse_inside(tmp_path / "out" / "truth", tmp_path / "out")
    with pytest.raises(FolderRefused):
        refuse_inside(tmp_path, tmp_path)
    refuse_inside(tmp_path / "out-truth", tmp_path / "out")


def test_parquet_keeps_the_declared_types(tmp_path: Path) -> None:
    tiny = market(2, creators=40, days=20)
    write_tables(tiny.tables, tmp_path)
    for name, rows in tiny.tables.items():
        assert pq.read_table(tmp_path / f"{name}.parquet").equals(rows)
