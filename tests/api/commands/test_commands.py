"""The list of commands."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

from api.commands import COMMANDS

LISTING: Final = """
import sys
from api.commands import app
app(["--help"], standalone_mode=False)
print(*sys.modules, file=sys.stderr)
"""


def test_it_names_each_and_waits_for_none() -> None:
    listed = subprocess.run([sys.executable, "-c", LISTING], capture_output=True, text=True, check=True, env={"COLUMNS": "200"})
    for name, told in COMMANDS.items():
        assert any(name in line and told in line for line in listed.stdout.splitlines()), name
    imported = set(listed.stderr.split())
    assert "api.commands" in imported
    assert imported.isdisjoint(("neo4j", "strawberry", "numpy", "scoring", *(f"api.commands.{name}" for name in COMMANDS)))
