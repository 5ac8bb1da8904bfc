"""The files that the docs name are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`((?:api|graph|scoring|simulation|validation|tests|bench)/[\w./]+)`")


def test_every_file_and_folder_that_the_docs_name_exists() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    named = {(page.name, found) for page in pages for found in NAMED.findall(page.read_text("utf-8"))}
    assert len(named) > 20
    assert sorted(each for each in named if not (ROOT / each[1]).exists() and not (ROOT / f"{each[1]}.py").exists()) == []
