"""Run the benchmarks and write their figures to bench/README.md; ends with status 1 if a promise is broken."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Final

import psutil

from bench.figures import Report, table

BENCHMARKS: Final = (
    "influence",
    "ability",
    "reads",
    "layers",
    "answers",
    "batch",
    "cost",
    "audit",
    "traces",
    "pages",
    "selling",
    "network",
    "lookalikes",
    "recommendations",
    "search",
    "centrality",
    "facts_and_scoring",
    "engines",
    "outward",
    "quality",
    "import_memory",
    "import_rate",
    "exports",
    "start",
    "first_answers",
    "explorer",
    "attack",
    "leaks.proof",
)
README: Final = Path(__file__).parent / "README.md"
HEAD: Final = """# Benchmarks

`make bench` runs these and writes this page; `python -m bench NAME…` runs some of them and only prints. Each promise is a
ratio to a named peer or a limit, measured in one run on one machine, so that it holds on any. Absolute figures are
for orientation.

Measured on {date}: {machine}.

{tables}"""


def main(names: list[str]) -> int:
    """Run the benchmarks called `names`, or all of them, which also writes the page."""
    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        sys.exit(f"no benchmark called {', '.join(unknown)}: choose among {', '.join(BENCHMARKS)}")
    reports = [_told(name) for name in names or BENCHMARKS]
    if not names:
        README.write_text(HEAD.format(date=datetime.now(UTC).date(), machine=_machine(), tables="\n".join(map(table, reports))))
    return int(not all(figure.kept for report in reports for figure in report.figures))


def _told(name: str) -> Report:
    print(f"{name} …", file=sys.stderr, flush=True)
    report: Report = import_module(f"bench.{name}").report()
    print(table(report), flush=True)
    return report


def _machine() -> str:
    memory = psutil.virtual_memory().total / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
