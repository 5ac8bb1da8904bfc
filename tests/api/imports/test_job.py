"""What a job reads, as far as it can be open at once."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from api.errors import BadUserInput
from api.imports.job import OPEN_BESIDE, sources


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
