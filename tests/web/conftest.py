from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from api.pages.packages import packages
from tests.node import said

ROOT: Final = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def checked_out(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a copy of the explorer's sources with its packages, and the types that its documents are checked against."""
    work = tmp_path_factory.mktemp("explorer")
    shutil.copytree(ROOT / "web", work / "web", ignore=shutil.ignore_patterns("node_modules", "dist", "*.local.*"))
    (work / "api").mkdir()
    shutil.copyfile(ROOT / "api" / "schema.graphql", work / "api" / "schema.graphql")
    (work / "web" / "node_modules").symlink_to(packages(ROOT / "web", cache))
    said(["node", "node_modules/gql.tada/bin/cli.js", "generate-output"], work / "web")
    return work / "web"
