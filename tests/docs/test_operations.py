"""Dashboard and alerts ask for series that a real service has, parse, and fire where they should and nowhere else."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic, sleep, time
from typing import Any

import httpx
import pytest
import yaml

from api.access.viewer import Role
from tests.api.http.caching import PAGE
from tests.api.served_market import ServedMarket, served_market
from tests.api.webhooks.receiver import Receiver, receiving
from tests.conftest import TestServer
from tests.docs.promql import Scrape, evaluated, selectors

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "operations"
PAGE_OF_OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")
DASHBOARD = json.loads((FOLDER / "dashboard.json").read_text("utf-8"))
RULES = {rule["alert"]: rule for group in yaml.safe_load((FOLDER / "alerts.yml").read_text("utf-8"))["groups"] for rule in group["rules"]}
PANELS = [(panel["title"], target["expr"]) for panel in DASHBOARD["panels"] for target in panel["targets"]]
OF_PROMETHEUS = {"up"}
CONSENT = "mutation { setSalesConsent(input: {consent: true}) { userErrors { code } } }"
HOOK = 'mutation { createWebhook(input: {url: "%s"}) { userErrors { code } } }'
SECONDS = 30


@pytest.fixture(scope="module")
async def scrape(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scrape]:
    """Return what a service of its own tells after some traffic."""
    settings = {"CREATORGRAPH_WEBHOOKS_TO_PRIVATE_ADDRESSES": "true"}
    async with served_market(neo4j, tmp_path_factory.mktemp("home"), **settings) as market:
        with receiving() as receiver:
            yield Scrape.of(time(), _metrics_after_traffic(market, receiver))


def _metrics_after_traffic(market: ServedMarket, receiver: Receiver) -> str:
    """Return what is told once queries, refusals, an event and a delivery have been counted."""
    with httpx.Client(base_url=market.url, headers={"Authorization": f"Bearer {market.keys[Role.ADMIN]}"}, timeout=60) as client:
        for query in (PAGE, PAGE, "{ nothing }", HOOK % receiver.url):
            client.post("/graphql", json={"query": query})
        client.post("/graphql", json={"query": CONSENT}, headers={"Authorization": f"Bearer {market.keys[Role.CREATOR]}"})
        client.post("/graphql", json={"query": PAGE}, headers={"Authorization": "Bearer none"})
        until = monotonic() + SECONDS
        while "creatorgraph_webhook_deliveries_total{" not in (text := client.get("/metrics").text):
            assert monotonic() < until, text
            sleep(0.2)
        return text


def substituted(expression: str) -> str:
    """Return an expression as Grafana sends it."""
    return expression.replace("$__rate_interval", "5m").replace("$job", "creatorgraph")


EXPRESSIONS = [substituted(expression) for _, expression in PANELS] + [rule["expr"] for rule in RULES.values()]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_what_is_asked_for_is_there(scrape: Scrape, expression: str) -> None:
    found = selectors(expression)
    assert found != []
    for selector in found:
        labels = {each.name for each in selector.matchers.matchers} - {"job"}
        if selector.name in OF_PROMETHEUS:
            continue
        assert selector.name in scrape.samples, selector.name
        for name in labels:
            assert any(name in dict(each) for each in scrape.samples[selector.name]), (selector.name, name)


def test_labels_by_which_the_dashboard_groups_are_there(scrape: Scrape) -> None:
    grouped = {
        (selector.name, label)
        for expression in EXPRESSIONS
        for labels in re.findall(r"by \(([\w, ]+)\)", expression)
        for label in re.split(r", *", labels)
        for selector in selectors(expression)
        if label != "job"
    }
    assert len(grouped) > 8
    assert [each for each in sorted(grouped) if not any(each[1] in dict(labels) for labels in scrape.samples[each[0]])] == []


def test_each_panel_says_what_it_shows() -> None:
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(ids) == len(set(ids)) > 20
    assert [panel["title"] for panel in DASHBOARD["panels"] if not panel["description"] or not panel["targets"]] == []
    places = {(x, y) for panel in DASHBOARD["panels"] for x, y in _cells(panel["gridPos"])}
    assert len(places) == sum(panel["gridPos"]["w"] * panel["gridPos"]["h"] for panel in DASHBOARD["panels"])
    assert max(x for x, _ in places) < 24


def _cells(place: dict[str, int]) -> list[tuple[int, int]]:
    return [(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])]


@pytest.mark.parametrize("name", RULES)
def test_each_alert_has_a_summary_a_description_and_a_runbook_that_exists(name: str) -> None:
    rule = RULES[name]
    assert rule["labels"]["severity"] in ("critical", "warning")
    assert rule["annotations"]["summary"]
    assert rule["annotations"]["description"].endswith(".")
    page, _, anchor = rule["annotations"]["runbook_url"].partition("#")
    assert page == "docs/operations.md"
    headings = re.findall(r"^#+ (.*)$", PAGE_OF_OPERATIONS, re.MULTILINE)
    assert anchor in [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]


def firing(*scrapes: Scrape) -> set[str]:
    """Return the alerts whose expressions hold as of the last scrape; how long they must hold is left to Prometheus."""
    return {name for name, rule in RULES.items() if evaluated(rule["expr"], scrapes)}


def up(scrape: Scrape) -> Scrape:
    """Return a scrape of a healthy service whose scores are of today, as Prometheus has it."""
    return scrape.having("up", 1.0).having("creatorgraph_scoring_run_age_seconds", 3_600.0).having("creatorgraph_ready", 1.0)


def test_no_alert_fires_of_a_healthy_service(scrape: Scrape) -> None:
    healthy = up(scrape)
    assert firing(healthy, healthy.later(300)) == set()
    busy = healthy.later(300).having("creatorgraph_requests_total", 900.0, kind="query", status="200")
    assert firing(healthy.having("creatorgraph_requests_total", 0.0, kind="query", status="200"), busy) == set()


def test_the_scores_of_the_market_are_old(scrape: Scrape) -> None:
    assert "CreatorgraphScoresOld" in firing(scrape, scrape.later(60))


FAULTS: dict[str, tuple[str, float, dict[str, str]]] = {
    "CreatorgraphDown": ("up", 0.0, {}),
    "CreatorgraphNotReady": ("creatorgraph_ready", 0.0, {}),
    "CreatorgraphDatabaseUnreachable": ("creatorgraph_database_reachable", 0.0, {}),
    "CreatorgraphScoresOld": ("creatorgraph_scoring_run_age_seconds", 4 * 86_400.0, {}),
    "CreatorgraphAuditUnavailable": ("creatorgraph_audit_log_writable", 0.0, {}),
    "CreatorgraphInternalErrors": ("creatorgraph_failures_total", 1.0, {}),
    "CreatorgraphWebhooksDisabled": ("creatorgraph_webhooks", 1.0, {"state": "disabled"}),
}


@pytest.mark.parametrize("alert", FAULTS)
def test_an_alert_fires_of_its_fault_and_of_no_other(scrape: Scrape, alert: str) -> None:
    name, value, labels = FAULTS[alert]
    healthy = up(scrape)
    assert firing(healthy, healthy.later(300).having(name, value, **labels)) == {alert}


@pytest.mark.parametrize(("failed", "expected"), [(10.0, set[str]()), (30.0, {"CreatorgraphErrorRate"})])
def test_the_rate_of_errors_counts_what_fails_beside_all(scrape: Scrape, failed: float, expected: set[str]) -> None:
    def counted(at: Scrape, whole: float, faulty: float) -> Scrape:
        counting = at.having("creatorgraph_requests_total", whole, kind="query", status="200")
        return counting.having("creatorgraph_requests_total", faulty, kind="query", status="500")

    before = up(scrape)
    assert firing(counted(before, 0, 0), counted(before.later(300), 1_000 - failed, failed)) == expected


def test_checks_of_readiness_that_fail_are_no_errors_of_requests(scrape: Scrape) -> None:
    before = up(scrape).having("creatorgraph_requests_total", 0.0, kind="health", status="503")
    assert firing(before, before.later(300).having("creatorgraph_requests_total", 900.0, kind="health", status="503")) == set()


@pytest.mark.parametrize(("slow", "expected"), [(4.0, set[str]()), (8.0, {"CreatorgraphSlow"})])
def test_queries_are_slow_where_one_in_twenty_is(scrape: Scrape, slow: float, expected: set[str]) -> None:
    before, after = up(scrape), up(scrape).later(600)
    for labels, value in scrape.samples["creatorgraph_request_seconds_bucket"].items():
        told = dict(labels)
        if told["kind"] == "query":
            added = 100.0 if float(told["le"]) > 2.5 else 100.0 - slow
            after = after.having("creatorgraph_request_seconds_bucket", value + added, le=told["le"], kind="query")
    assert firing(before, after) == expected


@pytest.mark.parametrize(
    ("grown", "uptime", "expected"), [(0.1, 1e5, set[str]()), (0.5, 1e3, set[str]()), (0.5, 1e5, {"CreatorgraphMemoryGrowth"})]
)
def test_memory_grows_where_it_would_double_in_a_day(scrape: Scrape, grown: float, uptime: float, expected: set[str]) -> None:
    name, last = "process_resident_memory_bytes", up(scrape).later(21_600)
    before = up(scrape).having(name, 2e8)
    after = last.having(name, 2e8 * (1 + grown)).having("process_start_time_seconds", last.at - uptime)
    assert firing(before, after) == expected


def test_the_containers_are_given_files_that_exist_and_listen_on_this_machine_alone() -> None:
    services: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yml").read_text("utf-8"))["services"]
    base = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    assert set(services) == {"api", "prometheus", "traces", "grafana"}
    assert {name for name, each in services.items() if each.get("profiles") == ["observability"]} == set(services) - {"api"}
    mounted = [volume.split(":")[0] for each in services.values() for volume in each.get("volumes", ())]
    assert [path for path in mounted if not (ROOT / path).is_file()] == []
    assert all(port.startswith("127.0.0.1:") for each in services.values() for port in each.get("ports", ()))
    assert {network for each in services.values() for network in each.get("networks", ())} <= set(base["networks"])
    scraped = yaml.safe_load((FOLDER / "prometheus.yml").read_text("utf-8"))["scrape_configs"][0]
    assert (scraped["job_name"], scraped["static_configs"][0]["targets"]) == ("creatorgraph", ["api:8000"])
