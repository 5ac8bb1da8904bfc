"""The examples of clients build from the schema and do what they say, against a service."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

import api
from api.access.viewer import Role
from api.pages.packages import packages
from tests.api.served_market import ServedMarket, served_market
from tests.conftest import TestServer
from tests.node import NPM, said

CLIENTS: Final = Path(__file__).parents[2] / "docs" / "clients"

Run = Callable[[str, Role], Any]

pytestmark = pytest.mark.timeout(900)  # packages are fetched, and three builds are made


@pytest.fixture(scope="module")
async def market(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ServedMarket]:
    async with served_market(neo4j, tmp_path_factory.mktemp("home")) as served:
        yield served


@pytest.fixture(scope="module")
def run(market: ServedMarket, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return what builds an example and returns what it prints."""
    root = tmp_path_factory.mktemp("clients")
    work = root / "docs" / "clients"
    shutil.copytree(CLIENTS, work, ignore=shutil.ignore_patterns("node_modules", "built", "generated", "__generated__"))
    (root / "api").mkdir()
    shutil.copyfile(Path(api.__file__).parent / "schema.graphql", root / "api" / "schema.graphql")
    (work / "node_modules").symlink_to(packages(CLIENTS, cache))

    def ran(example: str, role: Role) -> Any:
        where = {"CREATORGRAPH_URL": f"{market.url}/graphql", "CREATORGRAPH_KEY": market.keys[role]}
        return json.loads(said((*NPM, "run", "--silent", example), work, environment=where).splitlines()[-1])

    return ran


@pytest.fixture(scope="module")
def generating(cache: Path) -> Path:
    """Return the programs of an environment with what the lock of the Python example names, made once for each version of it."""
    lock = CLIENTS / "ariadne" / "requirements.lock"
    made = cache / "python" / sha256(lock.read_bytes()).hexdigest()[:16]
    if not made.exists():
        new = made.with_name(f"{made.name}.{os.getpid()}")
        subprocess.run([sys.executable, "-m", "venv", str(new)], check=True)
        install = [str(new / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        subprocess.run([*install, "-r", str(lock)], check=True)
        with suppress(OSError):  # another process was first
            new.rename(made)
    return made / "bin"


def asked(market: ServedMarket, role: Role, query: str) -> Any:
    answer = httpx.post(
        f"{market.url}/graphql", json={"query": query}, headers={"Authorization": f"Bearer {market.keys[role]}"}, timeout=60
    ).json()
    assert "errors" not in answer
    return answer["data"]


def test_apollo_client_reads_all_pages_into_one_list(market: ServedMarket, run: Run) -> None:
    whole = asked(market, Role.PARTNER, "{ creators(first: 100) { totalCount nodes { id overall { value } } } }")["creators"]
    assert run("apollo", Role.PARTNER) == {
        "totalCount": whole["totalCount"],
        "creators": [{"id": each["id"], "value": each["overall"] and each["overall"]["value"]} for each in whole["nodes"]],
        "code": "LIMIT_EXCEEDED",
    }
    assert whole["totalCount"] > 5


def test_relay_pages_through_a_ranking_in_its_store(market: ServedMarket, run: Run) -> None:
    query = "{ ranking(by: SALES_ABILITY, first: 100) { edges { rank node { id handle region salesAbility { value low high reason } } } } }"
    edges = asked(market, Role.PARTNER, query)["ranking"]["edges"]
    assert run("relay", Role.PARTNER) == {"ranking": [{"rank": each["rank"], **each["node"]} for each in edges]}
    assert len(edges) > 4


def test_ariadne_codegen_makes_methods_and_types_that_read_a_ranking_page_by_page(
    market: ServedMarket, generating: Path, tmp_path: Path
) -> None:
    work = tmp_path / "docs" / "clients" / "ariadne"
    shutil.copytree(CLIENTS / "ariadne", work, ignore=shutil.ignore_patterns("generated", ".venv"))
    (tmp_path / "api").mkdir()
    shutil.copyfile(Path(api.__file__).parent / "schema.graphql", tmp_path / "api" / "schema.graphql")
    python = str(generating / "python")
    subprocess.run([python, "-m", "ariadne_codegen"], cwd=work, check=True, capture_output=True)
    where = {"CREATORGRAPH_URL": f"{market.url}/graphql", "CREATORGRAPH_KEY": market.keys[Role.PARTNER], "PATH": os.environ["PATH"]}
    told = json.loads(subprocess.run([python, "src/best_sellers.py"], cwd=work, env=where, check=True, capture_output=True).stdout)
    query = '{ ranking(by: SALES_ABILITY, region: "US", first: 100) { edges { rank node { handle } score { value } } } %s }'
    whole = asked(market, Role.PARTNER, query % 'brand(id: "b1") { name }')
    ranking = [
        {"rank": each["rank"], "handle": each["node"]["handle"], "value": each["score"]["value"]} for each in whole["ranking"]["edges"]
    ]
    assert told == {
        "ranking": ranking,
        "names": [ranking[0]["handle"], whole["brand"]["name"], None],
        "code": "LIMIT_EXCEEDED",
    }
    assert len(ranking) > 4


def test_urql_is_told_of_changes_and_resumes_after_the_last(run: Run) -> None:
    event = {"kind": "CONSENT_CHANGED", "id": "Creator:c01"}
    assert run("urql", Role.CREATOR) == {"creator": "Creator:c01", "consents": [True, False], "told": [event, event]}
