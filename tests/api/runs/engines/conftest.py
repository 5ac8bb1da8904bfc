"""A small market in a folder, scored by this machine; and a server of Spark Connect without a JVM."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from api.runs.event_folder import write_events
from api.runs.folder_run import score_folder
from scoring.facts import Period
from simulation import market
from validation.event_tables import event_tables


@pytest.fixture(scope="package", autouse=True)
def _main_with_a_file() -> Iterator[None]:
    """Spark's client takes a process whose main module has no file, as a worker of pytest-xdist is, for one of its doctests, and exits."""
    with pytest.MonkeyPatch.context() as patch:
        main = sys.modules["__main__"]
        patch.setattr(main, "__file__", getattr(main, "__file__", __file__), raising=False)
        yield


@pytest.fixture(scope="package")
def events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = market(5, creators=30, days=100, regions=("US", "ID"))
    return write_events(tmp_path_factory.mktemp("market") / "events", event_tables(made), Period(made.world.period.end), parts=3).path


@pytest.fixture(scope="package")
def scored_here(events: Path) -> Path:
    out = events.with_name("scored")
    score_folder(events, out)
    return out


@pytest.fixture(scope="package")
def sail() -> Iterator[str]:
    server: Any = import_module("pysail.spark").SparkConnectServer(port=0)
    server.start(background=True)
    yield f"sc://localhost:{server.listening_address[1]}"
    server.stop()
