"""Several processes serve on one port as one would: what one of them is told holds for all, and one that is lost is replaced."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from api.access.grants import Grant
from api.access.store import Store
from api.access.viewer import Role
from api.http.scraping import SECONDS as WRITTEN
from tests.api.serving import Served, serving

SECONDS = 60
MANY = 2
ADMIN = Grant("admin", Role.ADMIN)
PAGE = "{ creators(first: 3) { totalCount nodes { id } } }"
WORK = "{ " + " ".join(f"a{each}: webhooks {{ totalCount }}" for each in range(9)) + " }"
"""Costs 99 points, whatever there is."""


@contextmanager
def service(home: Path, environment: dict[str, str]) -> Generator[Served]:
    """Serve with several processes, all of them ready."""
    with serving(home, environment, "--workers", str(MANY)) as served:
        until(lambda: len(workers(served)) == MANY - 1 and len(counts(served)) == MANY)
        yield served


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end, "it does not come to that"
        time.sleep(0.05)


def workers(served: Served) -> list[psutil.Process]:
    """Return the other processes."""
    return [each for each in psutil.Process(served.process.pid).children() if "api.process.worker" in each.cmdline()]


def counts(served: Served) -> dict[int, float]:
    """Return how many queries each process has answered, by its own account."""
    found = {int(file.stem): file.read_text() for file in (served.home / "workers").glob("*/*.prom")}
    pattern = re.compile(r'^creatorgraph_requests_total\{kind="query",status="200"\} (\S+)$', re.MULTILINE)
    return {pid: sum(map(float, pattern.findall(text))) for pid, text in found.items()}


def asked(served: Served, key: str, query: str) -> httpx.Response:
    """Ask on a connection of its own, which any of the processes may accept."""
    return httpx.post(f"{served.url}/graphql", json={"query": query}, headers={"Authorization": f"Bearer {key}"}, timeout=SECONDS)


def by_all(served: Served, key: str, query: str = PAGE) -> list[httpx.Response]:
    """Ask many times at once, until every process that lives has answered."""
    before, answers = counts(served), list[httpx.Response]()
    living = [served.process.pid, *(each.pid for each in workers(served))]

    def all_have() -> bool:
        with ThreadPoolExecutor(4 * MANY) as asking:
            answers.extend(asking.map(lambda _: asked(served, key, query), range(8 * MANY)))
        found = counts(served)
        return all(found.get(pid, 0) > before.get(pid, 0) for pid in living)

    until(all_have)
    return answers


@pytest.fixture(scope="module")
def served(served_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Generator[Served]:
    with service(tmp_path_factory.mktemp("home"), served_env) as running:
        yield running


@pytest.fixture(scope="module")
def key(served: Served) -> str:
    store = Store(served.home)
    made = store.create(ADMIN, now=int(time.time()))
    store.close()
    return made.text


def test_each_of_them_answers_the_same(served: Served, key: str) -> None:
    answers = by_all(served, key)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len(counts(served)) == MANY


def test_the_metrics_are_those_of_all(served: Served, key: str) -> None:
    by_all(served, key)

    def told() -> float:
        text = httpx.get(f"{served.url}/metrics").text
        return float(re.findall(r'^creatorgraph_requests_total\{kind="query",status="200"\} (\S+)$', text, re.MULTILINE)[0])

    time.sleep(2 * WRITTEN)  # each writes its own down so often
    before = told()
    assert before == sum(counts(served).values())
    for _ in range(20):
        asked(served, key, PAGE)
    until(lambda: told() == before + 20)
    assert httpx.get(f"{served.url}/metrics").text.count("# TYPE creatorgraph_requests_total") == 1


def test_a_key_that_is_revoked_is_refused_by_all_at_once(served: Served) -> None:
    store = Store(served.home)
    made = store.create(Grant("revoked", Role.ANALYST), now=int(time.time()))
    assert {answer.status_code for answer in by_all(served, made.text)} == {200}
    store.revoke("revoked", now=int(time.time()))
    store.close()
    assert {asked(served, made.text, PAGE).status_code for _ in range(12)} == {401}


def test_what_a_key_spends_at_one_of_them_is_spent_at_all(served_env: dict[str, str], tmp_path: Path) -> None:
    with service(tmp_path, served_env | {"CREATORGRAPH_COST_BUDGET": "1000"}) as poor:
        store = Store(poor.home)
        made = store.create(ADMIN, now=int(time.time()))
        store.close()
        began = time.monotonic()
        codes = [asked(poor, made.text, WORK).status_code for _ in range(40)]
        restored = (time.monotonic() - began) * 1000 / 60
    assert codes[:10] == [200] * 10
    assert codes.count(200) <= 10 + restored / 100 + 1
    assert 429 in codes


@pytest.mark.fault
def test_one_that_is_killed_is_replaced_and_nobody_is_refused(served: Served, key: str) -> None:
    lost = workers(served)[0]
    lost.send_signal(signal.SIGKILL)
    assert {asked(served, key, PAGE).status_code for _ in range(20)} <= {200}
    until(lambda: len(workers(served)) == MANY - 1 and lost.pid not in {each.pid for each in workers(served)})
    assert {answer.status_code for answer in by_all(served, key)} == {200}


@pytest.mark.fault
def test_a_service_manager_may_tell_each_of_them_to_end(served_env: dict[str, str], tmp_path: Path) -> None:
    with service(tmp_path, served_env) as running:
        others = workers(running)
        for each in (*others, running.process):
            each.send_signal(signal.SIGTERM)
        code, said = running.process.wait(timeout=15), running.process.communicate(timeout=15)[1]
        assert psutil.wait_procs(others, timeout=15)[1] == []
    assert code == 0
    assert "started again" not in said
    assert "Traceback" not in said


@pytest.mark.fault
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_all_end_with_the_first(served_env: dict[str, str], tmp_path: Path, by: signal.Signals) -> None:
    with service(tmp_path, served_env) as running:
        others = workers(running)
        assert len(others) == MANY - 1
        os.kill(running.process.pid, by)
        _, alive = psutil.wait_procs(others, timeout=15)
        assert alive == []
        running.process.wait(timeout=15)
