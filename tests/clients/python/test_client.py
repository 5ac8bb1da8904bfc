"""The two clients against a served process, and what they are as Python."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from api.access.viewer import Role
from creatorgraph import AsyncClient, Client, Forbidden, NotFound, Refused, Unauthenticated, Unreachable
from tests.api.served_market import ServedMarket

OWN = {"carried_out", "close"}
CLIENT = Path(__file__).parents[3] / "clients" / "python"
FOUND = "from creatorgraph import AsyncClient, Client; import creatorgraph; print(creatorgraph.__file__)"
LOADED = """
import sys, creatorgraph
print(*sorted(name for name in sys.modules if name.partition(".")[0] in ("api", "graph", "scoring", "neo4j", "strawberry", "networkx")))
"""


def methods(of: type) -> dict[str, str]:
    """Return the public methods with their signatures and words, the returned type aside."""
    found = {name: each for name, each in vars(of).items() if not name.startswith("_") and name not in OWN}
    return {name: f"{inspect.signature(each)} {each.__doc__}" for name, each in found.items()}


def test_the_two_have_one_surface() -> None:
    assert methods(Client) == methods(AsyncClient)
    assert len(methods(Client)) >= 8
    assert str(inspect.signature(Client.explain)).startswith("(self, /, creator: 'str'")


def test_importing_it_loads_nothing_of_the_server() -> None:
    assert subprocess.run([sys.executable, "-c", LOADED], cwd=CLIENT, capture_output=True, text=True, check=True).stdout.split() == []


def test_it_installs_by_itself(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    subprocess.run([*pip, "--target", str(tmp_path), str(CLIENT)], capture_output=True, check=True)
    assert sorted(each.name for each in tmp_path.iterdir() if not each.name.endswith(".dist-info")) == ["creatorgraph"]
    found = subprocess.run([sys.executable, "-c", FOUND], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert found.startswith(str(tmp_path))


async def test_the_awaiting_one_answers_the_same(market: ServedMarket, client: Client) -> None:
    async with AsyncClient(market.url, market.keys[Role.ANALYST]) as waiting:
        assert (await waiting.ranking(first=3)).equals(client.ranking(first=3))
        with pytest.raises(NotFound, match="no creator"):
            await waiting.explain("nobody")


def test_lists_of_the_market(client: Client) -> None:
    assert client.brands(sort="NAME")["name"].to_list() == [f"Brand {n}" for n in range(6)]
    assert client.products()["category.name"].unique().sort().to_list() == ["Home", "Lips"]
    work = client.collaborations(filter={"brand": "b1"}, sort="-OFFERED")
    assert set(work["brand.name"]) == {"Brand 1"}
    assert work["offeredAt"].is_sorted(descending=True)


def test_categories_know_their_parents(client: Client) -> None:
    assert client.categories(filter={"search": "lips"}).to_dicts() == [
        {"id": "Category:11", "name": "Lips", "leaf": None, "parent.id": "Category:1", "parent.name": "Beauty"}
    ]


def test_a_network_is_a_graph_to_measure_and_to_draw(client: Client) -> None:
    found = client.network("b1", depth=2)
    assert isinstance(found, nx.Graph)
    assert found.nodes["Brand:b1"]["distance"] == 0
    assert {found.nodes[each]["kind"] for each in found.neighbors("Brand:b1")} == {"CREATOR"}
    assert nx.is_connected(found)
    assert found.graph["concentration"]["creators"] > 0


def test_ways_are_told_step_by_step(client: Client) -> None:
    found = client.path("Brand:b1", "Creator:c01")
    assert found.filter(way=1)["from.nodeId"][0] == "Brand:b1"
    assert found.filter(way=1)["to.nodeId"][-1] == "Creator:c01"
    assert found["from.label"].null_count() == 0
    assert client.path("Brand:b1", "Creator:c01", max_depth=1, via=["MENTIONS"]).schema == found.schema
    with pytest.raises(NotFound):
        client.path("Brand:b1", "Creator:nobody")


def test_a_brand_sees_its_regions_and_ranges(market: ServedMarket) -> None:
    with Client(market.url, market.keys[Role.BRAND]) as brand:
        found = brand.creators(fields=("sales.gmvUsd", "sales.gmvRange.low"))
    assert set(found["region"]) == {"US"}
    assert found["sales.gmvUsd"].null_count() == found.height
    assert found["sales.gmvRange.low"].null_count() == 0


def test_what_goes_wrong_is_told(market: ServedMarket, client: Client) -> None:
    with Client(market.url, "cgk_nothing") as stranger, pytest.raises(Unauthenticated, match="malformed access key"):
        stranger.brands()
    with pytest.raises(Refused, match="CHARM"):
        client.ranking("CHARM")
    with pytest.raises(Forbidden):
        client.graphql("mutation { setSalesConsent(input: {consent: true}) { creator { salesConsent } } }")
    with Client("http://127.0.0.1:9", "cgk_any", retries=0) as lost, pytest.raises(Unreachable, match="is the service running"):
        lost.brands()


def test_a_key_is_needed_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CREATORGRAPH_KEY", raising=False)
    with pytest.raises(Unauthenticated, match="CREATORGRAPH_KEY"):
        Client()
    monkeypatch.setenv("CREATORGRAPH_KEY", "cgk_secret")
    with Client() as client:
        assert "secret" not in repr(client)
