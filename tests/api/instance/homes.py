"""Homes with something in them, and copies of what they keep."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from api.access.grants import Grant
from api.access.store import Store
from api.access.viewer import Role
from api.instance.contents import collect
from api.settings import load
from tests.api.audit.writing import log_of

SET = {"CREATORGRAPH_HOST": "0.0.0.0", "CREATORGRAPH_PORT": "9000", "NEO4J_PASSWORD": "it's secret", "PATH": "/bin"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with two keys and an audit log."""
    home = tmp_path / "home"
    with closing(Store(home)) as keys:
        for name in ("acme", "bobs"):
            keys.create(Grant(name, Role.ANALYST), now=1)
    (home / "signing.key").write_bytes(bytes(32))
    log_of(home, 300, 20)
    return home


def collected(home: Path) -> Path:
    """Return a folder of a home with a copy of what it keeps."""
    folder = home / "copy"
    folder.mkdir()
    collect(load({"CREATORGRAPH_HOME": str(home)}), SET, folder)
    return folder


def holders(home: Path) -> list[str]:
    """Return the names of a home's keys."""
    with closing(Store(home)) as keys:
        return [each.grant.name for each in keys.records()]
