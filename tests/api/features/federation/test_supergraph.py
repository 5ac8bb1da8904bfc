"""The schema composes with another subgraph, by two composers without a hint, and Apollo's gateway asks both."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import orjson
import pytest
import strawberry
from strawberry import federation

from api.access.viewer import Role
from api.graphql.schema import sdl
from tests.api.served_market import ServedMarket, served_market
from tests.conftest import TestServer
from tests.node import ran

PROGRAM: Final = Path(__file__).parent / "supergraph" / "supergraph.mjs"
FAVOURITES: Final = """
query Favourites {
  favourites { note creator { handle overall { value } } }
  viewer { role }
}
"""
OWN: Final = '{ creator(id: "c01") { handle contact } brand(id: "b1") { name account } nobody: creator(id: "c99") { contact } }'

pytestmark = pytest.mark.timeout(900)  # packages are fetched


@federation.type(keys=["id"])
class Creator:
    """A creator as the partner's own subgraph knows one."""

    id: strawberry.ID

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> Creator:
        return Creator(id=id)

    @strawberry.field
    def contact(self) -> str:
        return f"mail to {self.id}"


@federation.type(keys=["id"])
class Brand:
    """A brand as the partner's own subgraph knows one."""

    id: strawberry.ID
    account: str

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> Brand:
        return cls(id=id, account=f"account of {id}")


@strawberry.type
class Favourite:
    """A creator whom the partner has noted."""

    note: str
    creator: Creator | None  # whom the partner may not see any more


@strawberry.type
class Query:
    """What the partner keeps."""

    @strawberry.field
    def favourites(self) -> list[Favourite]:
        return [Favourite(note=f"note {n}", creator=Creator(id=strawberry.ID(f"Creator:c{n:02}"))) for n in (2, 99, 1)]


PARTNERS: Final = federation.Schema(query=Query, types=[Brand])


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        request = orjson.loads(self.rfile.read(int(self.headers["Content-Length"])))
        found = PARTNERS.execute_sync(request["query"], variable_values=request.get("variables"))
        errors = [each.formatted for each in found.errors or ()]
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(orjson.dumps({"data": found.data, **({"errors": errors} if errors else {})}))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def partners_subgraph() -> Iterator[str]:
    """Serve the partner's subgraph until the block ends."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


@pytest.fixture(scope="module")
async def market(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ServedMarket]:
    async with served_market(neo4j, tmp_path_factory.mktemp("home")) as served:
        yield served


@pytest.fixture(scope="module")
def said(market: ServedMarket, cache: Path) -> dict[str, Any]:
    """Return what the composers and the gateway said."""
    with partners_subgraph() as url:
        ours = {"name": "creatorgraph", "url": f"{market.url}/graphql", "key": market.keys[Role.PARTNER]}
        return ran(PROGRAM, {"subgraphs": [ours, {"name": "partner", "url": url, "key": ""}], "operations": [FAVOURITES, OWN]}, cache=cache)


def test_both_composers_take_it_without_a_word(said: dict[str, Any]) -> None:
    assert (said["apollo"], said["wundergraph"]) == ([], [])


def test_the_supergraph_says_what_fields_cost(said: dict[str, Any]) -> None:
    applied = [sdl().count(each) for each in (" @cost(", " @listSize(")]
    machinery = 4  # what routers alone ask, and is in no supergraph: two fields and two types with what they cost
    assert all(0 <= ours - theirs <= machinery for ours, theirs in zip(applied, said["costs"], strict=True)), (applied, said["costs"])


def test_references_of_another_subgraph_are_answered_with_scores_of_ours(said: dict[str, Any]) -> None:
    answer = said["answers"][0]
    assert "errors" not in answer
    second, nobody, first = answer["data"]["favourites"]
    assert (second["creator"]["handle"], first["creator"]["handle"]) == ("creator2", "creator1")
    assert nobody == {"note": "note 99", "creator": None}
    assert 0 <= first["creator"]["overall"]["value"] <= 100
    assert answer["data"]["viewer"] == {"role": "PARTNER"}


def test_nodes_of_ours_are_completed_by_the_other_subgraph(said: dict[str, Any]) -> None:
    data = said["answers"][1]["data"]
    assert data["creator"]["contact"] == "mail to Creator:c01"
    assert data["brand"]["account"] == "account of Brand:b1"
    assert data["nobody"] is None
