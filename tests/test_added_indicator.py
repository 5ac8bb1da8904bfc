"""One file adds an indicator: in a copy of the product it shows in scores, schema, methodology and documents."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from neo4j import AsyncDriver

from tests.api.drawn_market import CREATORS, END, draw_market

ROOT: Final = Path(__file__).parents[1]

DECLARATION: Final = '''"""Does the creator go live?"""

from scoring.indicator import Indicator
from scoring.traits import Component, successes

PRESENCE_ON_CAMERA = Indicator(
    "presence_on_camera",
    question="Does the creator go live?",
    components=(
        Component(
            "live_share",
            weight=1.0,
            scale="logit",
            typical=0.2,
            about="share of posts that are live streams",
            readings=(successes("posts", of="lives", among="posts", about="posts seen"),),
        ),
    ),
    needs="a post",
    overall_weight=0.05,
)
'''

ASKED: Final = """
{
  methodology { indicators { indicator } }
  ranking(by: PRESENCE_ON_CAMERA, first: 50) {
    edges {
      rank
      score { value }
      node { scores { indicator } presenceOnCamera { value explanation { base components { name contribution } } } }
    }
  }
}
"""

SCRIPT: Final = f"""
import asyncio, json, sys
from pathlib import Path
from api.access.viewer import Role, Viewer
from api.process.database import database
from api.documents import written
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.runs.scoring_run import score
from api.settings import load
from api.process.state import opened
from graph.migrations import migrate
from scoring import NAMES, camel

async def main():
    settings = load()
    async with database(settings) as driver:
        await migrate(driver, indicators=[camel(name) for name in NAMES])
        await score(driver, as_of={END})
        async with opened(settings, driver) as state:
            return await execute(GraphQLRequest({ASKED!r}), Viewer("k", "an analyst", Role.ANALYST), state)

written(Path.cwd())
print(json.dumps({{"names": NAMES, "answer": asyncio.run(main())}}))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for part in ("api", "graph", "scoring", "simulation"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "scoring" / "indicators" / "presence_on_camera.py").write_text(DECLARATION, "utf-8")
    return tmp_path


async def test_one_file_adds_an_indicator_everywhere(graph: AsyncDriver, neo4j_env: dict[str, str], copy: Path) -> None:
    await draw_market(graph)
    environment = os.environ | neo4j_env | {"PYTHONPATH": str(copy), "CREATORGRAPH_HOME": str(copy / "home")}
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    data = said["answer"]["data"]
    edges = data["ranking"]["edges"]

    assert said["names"][-1] == "presence_on_camera"
    assert "PRESENCE_ON_CAMERA" in [each["indicator"] for each in data["methodology"]["indicators"]]
    assert len(edges) == CREATORS
    for edge in edges:
        score = edge["node"]["presenceOnCamera"]
        parts = score["explanation"]
        assert score["value"] == edge["score"]["value"] == parts["base"] + sum(each["contribution"] for each in parts["components"])
        assert "PRESENCE_ON_CAMERA" in [each["indicator"] for each in edge["node"]["scores"]]
    assert "presenceOnCamera(" in (copy / "api" / "schema.graphql").read_text("utf-8")
    assert "## `presence_on_camera`" in (copy / "docs" / "methodology.md").read_text("utf-8")
    assert "`presenceOnCamera`" in (copy / "docs" / "schema.md").read_text("utf-8")
