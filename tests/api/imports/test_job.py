"""What a job reads, as far as it can be open at once."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from api.errors import BadUserInput
from api.imports.job import OPEN_BESIDE, mapped, sources
from graph.rows import Note, Reject, Row
from graph.sources.mapped import NOT_MAPPED


def test_more_than_can_be_open_at_once_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "creators.csv").write_text("id\n")
    monkeypatch.chdir(tmp_path)
    for limit in (OPEN_BESIDE + 3, resource.RLIM_INFINITY):
        monkeypatch.setattr(resource, "getrlimit", lambda _, limit=limit: (limit, limit))
        assert len(sources()) == 3
    monkeypatch.setattr(resource, "getrlimit", lambda _: (OPEN_BESIDE + 2, OPEN_BESIDE + 2))
    with pytest.raises(BadUserInput, match=r"has 3 folders and files .*may have 2 of them open at once; import some of the folders by"):
        sources()


def test_files_that_a_mapping_does_not_take_are_noted_in_whatever_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {
        "a/list.csv": "key\nc1\n",
        "b/list.csv": "other\nc2\n",
        "b/more.csv": "x\n",
        "c/d/old.csv": "x\n",
        "top.txt": "x\n",
    }.items():
        (tmp_path / "files" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "files" / name).write_text(text)
    mapping = tmp_path / "m.toml"
    cells = 'id = "key"\nhandle = "key"\nregion = { constant = "US" }\n'
    mapping.write_text(f'[source]\nfiles = ["list.csv"]\n[[tables]]\ntable = "creators"\n[tables.columns]\n{cells}')
    monkeypatch.chdir(tmp_path / "files")
    found = list(mapped(mapping))
    assert [item.values["id"] for item in found if isinstance(item, Row)] == ["c1"]
    assert [(item.where.file, item.rule) for item in found if isinstance(item, Reject)] == [
        ("b/list.csv", "list.csv: no column key; it has other")
    ]
    assert sorted(item.subject for item in found if isinstance(item, Note) and item.kind == NOT_MAPPED) == [
        "b/more.csv",
        "c/d/old.csv",
        "top.txt",
    ]
    monkeypatch.setattr(resource, "getrlimit", lambda _: (OPEN_BESIDE + 1, OPEN_BESIDE + 1))
    with pytest.raises(BadUserInput, match=r"has 2 folders and files .*may have 1 of them open at once"):
        mapped(mapping)
