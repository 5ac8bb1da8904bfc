"""`creatorgraph simulate` from the command line."""

import resource
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.commands import app
from tests.api.serving import COMMAND

SMALL = ("--creators", "40", "--days", "20")


def run(*words: str | Path) -> tuple[int, str, str]:
    """Run the command and return its exit status, standard output and standard error."""
    result = CliRunner().invoke(app, ["simulate", *(str(word) for word in words)])
    return result.exit_code, result.stdout, result.stderr


def test_tables_and_truth_are_written_beside_each_other_and_summed_up_in_a_line(tmp_path: Path) -> None:
    code, out, err = run(tmp_path / "m", *SMALL)
    assert (code, out) == (0, "")
    assert err.count("\n") == 1
    assert err.startswith("Wrote 40 creators, ")
    assert {path.suffix for path in (tmp_path / "m").iterdir()} == {".parquet"}
    assert len(list((tmp_path / "m").iterdir())) == 12
    assert {path.name for path in (tmp_path / "m-truth").iterdir()} == {
        f"truth_{of}.parquet" for of in ("creators", "products", "rings", "category_shares")
    }


def test_responses_format_regions_and_truth_go_where_they_are_asked(tmp_path: Path) -> None:
    places = ("--truth", tmp_path / "t", "--responses", tmp_path / "r", "--format", "csv.gz", "--regions", "ID,VN", "--end", "2025-06-01")
    code, _, err = run(tmp_path / "m", *SMALL, *places)
    assert code == 0
    assert "before 2025-06-01" in err
    assert (tmp_path / "m" / "sales.csv.gz").exists()
    assert (tmp_path / "t" / "truth_rings.csv.gz").exists()
    assert list((tmp_path / "r" / "shops").glob("*/2025-06-01/shop.json"))


def test_a_full_folder_is_refused_until_overwriting_is_asked_for(tmp_path: Path) -> None:
    assert run(tmp_path / "m", *SMALL)[0] == 0
    before = (tmp_path / "m" / "sales.parquet").read_bytes()
    code, out, err = run(tmp_path / "m", *SMALL, "--seed", "2")
    assert (code, out) == (1, "")
    assert "not empty" in err
    assert "--overwrite" in err
    assert (tmp_path / "m" / "sales.parquet").read_bytes() == before
    assert run(tmp_path / "m", *SMALL, "--seed", "2", "--format", "jsonl", "--overwrite")[0] == 0
    assert not (tmp_path / "m" / "sales.parquet").exists()


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--creators", "3"), "too few"),
        (("--regions", "US,XX"), "'XX'"),
        (("--end", "2040-01-01"), "choose another end"),
    ],
)
def test_errors_are_one_line_with_a_remedy_and_write_nothing(tmp_path: Path, words: tuple[str, ...], part: str) -> None:
    code, out, err = run(tmp_path / "m", *words)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert part in err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, out, err = run(tmp_path / "file" / "m")
    assert (code, out) == (1, "")
    assert (
        err
        == f"creatorgraph simulate: {tmp_path / 'file' / 'm'}: Not a directory; choose a folder with enough space that you can write to\n"
    )


@pytest.mark.fault
@pytest.mark.parametrize("before", [True, False], ids=["a folder that was there", "a new folder"])
def test_where_the_disk_is_full_nothing_half_written_stays(tmp_path: Path, before: bool) -> None:
    out = tmp_path / "m"
    if before:
        out.mkdir()
    command = [*COMMAND, "simulate", str(out), *SMALL, "--responses", str(tmp_path / "r"), "--format", "csv"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    )
    assert done.returncode == 1
    assert "choose a folder with enough space" in done.stderr
    assert list(tmp_path.iterdir()) == ([out] if before else [])
    assert not before or not any(out.iterdir())


def test_truth_inside_the_tables_is_refused(tmp_path: Path) -> None:
    code, _, err = run(tmp_path / "m", "--truth", tmp_path / "m" / "truth")
    assert code == 1
    assert "made to be imported" in err
