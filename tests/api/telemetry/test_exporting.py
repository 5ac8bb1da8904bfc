"""A process of its own that sends its traces to a collector which decodes them; and what becomes of answers where that is down or slow."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic, perf_counter
from typing import Any

import httpx
import pytest

from api.access.viewer import Role
from tests.api.http.caching import PAGE
from tests.api.served_market import ServedMarket, served_market
from tests.api.serving import serving
from tests.api.telemetry.collector import Collector, Sent, collecting
from tests.conftest import TestServer

QUICK = {"OTEL_BSP_SCHEDULE_DELAY": "100"}


@pytest.fixture(scope="module")
async def served(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ServedMarket]:
    """Serve the drawn market without a collector; tests serve it again with theirs."""
    async with served_market(neo4j, tmp_path_factory.mktemp("home")) as market:
        yield market


def ask(url: str, key: str, query: str) -> httpx.Response:
    return httpx.post(f"{url}/graphql", json={"query": query}, headers={"Authorization": f"Bearer {key}"}, timeout=60)


def path(spans: list[Sent], span: Sent) -> list[str]:
    """Return the names from the root down to a span."""
    by_id = {each.id: each for each in spans}
    names = [span.name]
    while span.parent:
        span = by_id[span.parent]
        names.append(span.name)
    return names[::-1]


def requests(spans: list[Sent], name: str = "POST /graphql") -> list[Sent]:
    return [each for each in spans if each.name == name]


def of_database(spans: list[Sent]) -> list[Sent]:
    return [each for each in spans if "db.system.name" in each.attributes]


@pytest.fixture
def environment(served: ServedMarket) -> dict[str, str]:
    return {**served.environment, **QUICK}


def test_a_page_its_repetition_a_cypher_query_and_an_error(served: ServedMarket, environment: dict[str, str]) -> None:
    key = served.keys[Role.ADMIN]
    with collecting() as collector:
        own = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, "OTEL_RESOURCE_ATTRIBUTES": "deployment.environment.name=test"}
        with serving(served.home, environment | own) as process:
            first = _recorded(collector, lambda: ask(process.url, key, PAGE))
            again = _recorded(collector, lambda: ask(process.url, key, PAGE))
            headers = {"Authorization": f"Bearer {key}"}
            text = {"query": "MATCH (c:Creator) RETURN c.id"}
            cypher = _recorded(collector, lambda: httpx.post(f"{process.url}/cypher", json=text, headers=headers), "POST /cypher")
            wrong = _recorded(collector, lambda: ask(process.url, key, "{ nothing }"))
            code, said = process.end()
    assert (code, "Traceback" in said) == (0, False)
    assert len({each.trace for each in first}) == 1
    assert path(first, of_database(first)[-1])[:3] == ["POST /graphql", "query", "field"]
    assert [each.attributes["creatorgraph.answer.cached"] for each in (*requests(first), *requests(again))] == [False, True]
    assert of_database(again) == []
    assert [each.attributes["db.response.returned_rows"] for each in of_database(cypher)] == [0, 12]
    assert [(each.failed, each.attributes["error.type"]) for each in wrong if each.name == "graphql"] == [
        (True, "GRAPHQL_VALIDATION_FAILED")
    ]
    assert (collector.resource["service.name"], collector.resource["deployment.environment.name"]) == ("creatorgraph", "test")


def _recorded(collector: Collector, send: Any, name: str = "POST /graphql") -> list[Sent]:
    """Return the spans of one request."""
    collector.spans.clear()
    assert send().status_code in (200, 400)
    return collector.until(lambda spans: bool(requests(spans, name)))


def test_what_is_left_is_sent_at_the_end(served: ServedMarket, environment: dict[str, str]) -> None:
    with collecting() as collector:
        own = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, "OTEL_BSP_SCHEDULE_DELAY": "60000", "OTEL_SERVICE_NAME": "ratings"}
        with serving(served.home, environment | own) as process:
            assert ask(process.url, served.keys[Role.ADMIN], PAGE).status_code == 200
            assert collector.spans == []
            assert process.end()[0] == 0
        assert len(requests(collector.spans)) == 1
        assert collector.resource["service.name"] == "ratings"


@pytest.mark.fault
@pytest.mark.parametrize("fault", ["down", "refusing", "slow"])
def test_a_collector_that_does_not_take_spans_keeps_no_answer_from_coming(
    served: ServedMarket, environment: dict[str, str], fault: str
) -> None:
    with collecting() as collector:
        collector.status, collector.delay = (503 if fault == "refusing" else 200), (60.0 if fault == "slow" else 0.0)
        url = "http://127.0.0.1:9" if fault == "down" else collector.url
        own = {"OTEL_EXPORTER_OTLP_ENDPOINT": url, "OTEL_EXPORTER_OTLP_TIMEOUT": "1"}
        with serving(served.home, environment | own) as process:
            key, until, asked = served.keys[Role.ADMIN], monotonic() + 4, 0
            expected = ask(served.url, key, PAGE).json()["data"]
            while monotonic() < until:
                began = perf_counter()
                assert ask(process.url, key, PAGE).json()["data"] == expected
                assert perf_counter() - began < 5 or not asked  # the first waits for the query's plan
                asked += 1
            ended = monotonic()
            code, said = process.end()
            assert (code, monotonic() - ended < 8) == (0, True)
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert [line["message"][:26] for line in lines] == ["traces cannot be exported "]
    assert asked > 5


def test_nothing_is_recorded_where_it_is_turned_off(served: ServedMarket, environment: dict[str, str]) -> None:
    with collecting() as collector:
        own = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, "OTEL_SDK_DISABLED": "true"}
        with serving(served.home, environment | own) as process:
            assert ask(process.url, served.keys[Role.ADMIN], PAGE).status_code == 200
            process.end()
        assert collector.requests == 0


def test_few_are_sampled_where_the_variables_say_so(served: ServedMarket, environment: dict[str, str], tmp_path: Path) -> None:
    with collecting() as collector:
        own = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, "OTEL_TRACES_SAMPLER": "traceidratio", "OTEL_TRACES_SAMPLER_ARG": "0"}
        with serving(served.home, environment | own) as process:
            assert ask(process.url, served.keys[Role.ADMIN], PAGE).status_code == 200
            process.end()
        assert collector.requests == 0
