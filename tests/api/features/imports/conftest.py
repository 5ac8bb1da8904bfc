"""A process whose imports go to processes of their own on the test database, asked and sent files by an administrator."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.app import application
from api.process.state import State
from tests.api.processes import keys, process
from tests.conftest import TestServer

SECONDS: Final = 120
GOOD: Final = "id,handle,region\nc1,ana,US\nc2,ben,GB\n"
BAD: Final = GOOD + "c3,cleo,Mars\n"
RIGHT: Final = GOOD + "c3,cleo,MY\n"
CREATE: Final = 'mutation { createDataImport(input: {note: "spring"}) { dataImport { importId status } userErrors { code } } }'
SUMMARY: Final = """{
  tables { name read created changed unchanged rejected erased } skipped { kind subject count }
  reasons { table file record column value rule remedy count }
}"""
ONE: Final = f"""query ($id: ID!) {{ viewer {{ dataImport(id: $id) {{
  status startedBy note mends fileCount bytes rowsRead rowsExpected table waitsFor cancelRequested error created changed rejected
  rejects {{ name table url }} rejectsUrl expiresAt check {SUMMARY} summary {SUMMARY}
}} }} }}"""

Ask = Callable[..., Awaitable[Any]]


@pytest.fixture
async def state(graph: AsyncDriver, neo4j: TestServer, tmp_path: Path) -> AsyncIterator[State]:
    user, password = neo4j.auth
    given = {"neo4j_uri": neo4j.uri, "neo4j_username": user, "neo4j_password": password, "log_level": "warning"}
    opened = process(graph, tmp_path, **given)
    yield opened
    await opened.own.end()
    opened.store.close()


@pytest.fixture
def own_keys(state: State) -> dict[Role, str]:
    return keys(state)


@pytest.fixture
async def client(state: State, own_keys: dict[Role, str]) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {own_keys[Role.ADMIN]}"}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(application(state)), base_url="http://127.0.0.1", headers=headers, timeout=SECONDS
    ) as opened:
        yield opened


@pytest.fixture
def ask(client: httpx.AsyncClient) -> Ask:
    """Ask as an administrator: the only field's data; an error fails the test."""

    async def asked(text: str, **variables: Any) -> Any:
        answer = (await client.post("/graphql", json={"query": text, "variables": variables})).json()
        assert "errors" not in answer, answer
        return next(iter(answer["data"].values()))

    return asked


class Imports:
    """What an administrator does with imports."""

    def __init__(self, client: httpx.AsyncClient, ask: Ask) -> None:
        self.client, self.ask = client, ask

    async def upload(self, files: Mapping[str, str | bytes]) -> str:
        """Begin an import of files by their paths, and return its id."""
        id_ = (await self.ask(CREATE))["dataImport"]["importId"]
        for name, content in files.items():
            sent = await self.client.put(f"/imports/{id_}/files/{name}", content=content)
            assert sent.status_code == 201, sent.text
        return id_

    async def do(self, what: str, id_: str) -> list[dict[str, str]]:
        """Check, start or cancel an import, and return why that was refused."""
        text = f"mutation ($id: ID!) {{ {what}DataImport(input: {{importId: $id}}) {{ userErrors {{ field code message }} }} }}"
        return (await self.ask(text, id=id_))["userErrors"]

    async def one(self, id_: str) -> Any:
        """Return an import."""
        return (await self.ask(ONE, id=id_))["dataImport"]

    async def ended(self, id_: str) -> Any:
        """Return an import once no job of it is under way."""
        async with asyncio.timeout(SECONDS):
            while (found := await self.one(id_))["status"] in ("CHECKING", "IMPORTING"):
                await asyncio.sleep(0.1)
        return found

    async def done(self, what: str, id_: str) -> Any:
        """Check or start an import, and return it once that has ended."""
        assert await self.do(what, id_) == []
        return await self.ended(id_)

    @contextlib.asynccontextmanager
    async def until(self, id_: str, wanted: Callable[[Any], bool]) -> AsyncIterator[Any]:
        """Yield an import once it is as wanted."""
        async with asyncio.timeout(SECONDS):
            while not wanted(found := await self.one(id_)):
                assert found["status"] in ("CHECKING", "IMPORTING"), found
                await asyncio.sleep(0.05)
        yield found


@pytest.fixture
def imports(client: httpx.AsyncClient, ask: Ask) -> Imports:
    return Imports(client, ask)


async def creators(graph: AsyncDriver) -> list[dict[str, Any]]:
    """Return what the graph holds of creators, but for how old each field of them is."""
    found = await graph.execute_query("MATCH (c:Creator) RETURN c {.id, .handle, .region} AS c ORDER BY c.id")
    return [row["c"] for row in found.records]
