"""The demo is made by a process of its own: its progress is passed on, its errors are told, and it ends without a trace when cancelled."""

from __future__ import annotations

import asyncio
from pathlib import Path

import psutil
import pytest

from api.process import demo
from api.process.startup import Startup


@pytest.fixture(autouse=True)
def worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "WORKER", "tests.api.process.worker")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


async def test_its_stages_are_passed_on() -> None:
    heard: list[str] = []
    await demo._run("works", Startup(heard=heard.append))
    assert heard == ["importing", "scoring"]


@pytest.mark.parametrize(("part", "words"), [("fails", "^the disk is full; free some space$"), ("crashes", "ended with exit code 7")])
async def test_its_failure_is_told(part: str, words: str) -> None:
    with pytest.raises(demo.DemoFailed, match=words):
        await demo._run(part, Startup())


async def test_cancelled_it_ends_at_once_with_its_children_and_its_files() -> None:
    startup = Startup()
    running = asyncio.create_task(demo._run("hangs", startup))
    while not startup.stage[:1].isdigit():
        await asyncio.sleep(0.05)
    pid, child, folder = startup.stage.split(" ")
    assert Path(folder).is_dir()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(running, 20)
    assert gone(int(pid))
    for _ in range(100):
        if gone(int(child)):
            break
        await asyncio.sleep(0.05)
    assert gone(int(child))
    assert not Path(folder).exists()
