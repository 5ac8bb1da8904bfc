"""The notebook in the docs runs as it stands."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Final

import nbformat

from api.access.viewer import Role
from tests.api.served_market import served_market
from tests.conftest import TestServer

NOTEBOOK: Final = Path(__file__).parents[2] / "docs" / "analysis.ipynb"
PICTURES: Final = 4
EXECUTE: Final = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
nbformat.write(notebook, sys.argv[2])
"""
"""In a process of its own, whose kernel leaves loops and sockets open at its end."""


def test_it_is_kept_without_outputs() -> None:
    cells = [cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.outputs for cell in cells] == [[]] * len(cells)
    assert {cell.execution_count for cell in cells} == {None}


async def test_every_cell_runs_and_pictures_come(neo4j: TestServer, tmp_path: Path) -> None:
    run = tmp_path / "run.ipynb"
    async with served_market(neo4j, tmp_path) as market:
        given = {"CREATORGRAPH_URL": market.url, "CREATORGRAPH_KEY": market.keys[Role.ANALYST]}
        done = await asyncio.create_subprocess_exec(sys.executable, "-c", EXECUTE, NOTEBOOK, run, env={**os.environ, **given})
        assert await done.wait() == 0
    outputs = [output for cell in nbformat.read(run, as_version=4).cells for output in cell.get("outputs", ())]
    assert sum("image/png" in output.get("data", {}) for output in outputs) == PICTURES
