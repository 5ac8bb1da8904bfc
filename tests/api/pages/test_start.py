from __future__ import annotations

from html import escape
from pathlib import Path

import httpx
import pytest
from neo4j import AsyncDriver

from api.app import application
from api.pages.examples import EXAMPLES
from tests.api.processes import process


@pytest.fixture
async def page(graph: AsyncDriver, tmp_path: Path) -> str:
    """The page for developers on a small graph, as anyone sees it."""
    await graph.execute_query("MERGE (s:Schema {id: 'schema'}) SET s.version = 1")
    await graph.execute_query("UNWIND range(1, 1234) AS n CREATE (:Creator {id: toString(n), handle: 'secret' + n})")
    state = process(graph, tmp_path)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application(state)), base_url="http://127.0.0.1:8000") as client:
        answer = await client.get("/developers")
    state.store.close()
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    return answer.text


async def test_it_tells_the_state_and_no_creator(page: str) -> None:
    assert "<dt>creators</dt><dd>1,234</dd>" in page
    assert 'aria-label="database: fine"' in page
    assert 'aria-label="scores: not ready"' in page
    assert "run <code>creatorgraph score</code>" in page
    assert "secret" not in page


async def test_it_leads_to_the_ide_with_examples_for_each_role(page: str) -> None:
    for role, examples in EXAMPLES.items():
        assert f'href="/graphiql?role={role}"' in page
        for example in examples:
            assert f'href="/graphiql?role={role}&amp;example={example.name}">{escape(example.title)}</a>' in page


async def test_its_command_names_this_service(page: str) -> None:
    assert "curl http://127.0.0.1:8000/graphql" in page
