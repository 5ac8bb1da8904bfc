"""Ctrl-C while `creatorgraph serve --demo` makes its market and serves it: soon over, nothing left, and the next start goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from tests.api.serving import COMMAND

SERVE = [*COMMAND, "serve", "--demo", "--port", "0"]
STAGES = ("Simulating", "Importing", "Scoring", "creatorgraph serves on ")
SECONDS = 5.0


@pytest.mark.fault
@pytest.mark.timeout(1000)
def test_ctrl_c_ends_each_stage_of_the_demo_with_nothing_left_and_the_next_start_goes_on(cache: Path, tmp_path: Path) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("CREATORGRAPH_", "NEO4J_"))}
    own |= {"CREATORGRAPH_HOME": str(tmp_path / "home"), "CREATORGRAPH_CACHE": str(cache), "CREATORGRAPH_DEMO_CREATORS": "20"}
    own |= {"CREATORGRAPH_HEAP_MB": "512", "CREATORGRAPH_PAGE_CACHE_MB": "64"}
    for stage in STAGES:
        with _started(own) as process:
            line = _line(process, stage)
            if stage == STAGES[-1]:
                _answers(line.split()[3], tmp_path / "home")
            began = time.monotonic()
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does
            said = process.communicate(timeout=60)[1]
            took = time.monotonic() - began
        assert (process.returncode, "Traceback" in said) == (130, False), f"{stage}: {said}"
        assert took < SECONDS, f"{stage}: {took:.1f} s"
        assert _left(tmp_path) == [], stage
    assert [*(tmp_path / "home").rglob("unfinished-*")] == []


@contextmanager
def _started(environment: Mapping[str, str]) -> Generator[subprocess.Popen[str]]:
    with subprocess.Popen(
        SERVE, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()  # of a test that has failed; its database and its workers end with it


def _line(process: subprocess.Popen[str], start: str) -> str:
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        if line.startswith(start):
            return line
    raise AssertionError(f"{start} did not come: {said}")


def _answers(url: str, home: Path) -> None:
    key = json.loads((home / "demo-keys.json").read_text())["analyst"]
    query = {"query": "{ ranking(first: 3) { totalCount } }"}
    answer = httpx.post(f"{url}/graphql", json=query, headers={"Authorization": f"Bearer {key}"}, timeout=60).json()
    assert answer["data"]["ranking"]["totalCount"] > 0


def _left(home: Path) -> list[str]:
    """Return the processes that speak of the home, after the instant that a killed one takes to be gone."""
    deadline = time.monotonic() + 1
    while (found := _processes(home)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def _processes(home: Path) -> list[str]:
    found: list[str] = []
    for process in psutil.process_iter():
        try:
            told = [*process.cmdline(), process.environ().get("CREATORGRAPH_HOME", "")]
        except psutil.Error:
            continue
        if process.pid != os.getpid() and any(str(home) in word for word in told):
            found.append(f"{process.pid} {told[:6]}")
    return found
