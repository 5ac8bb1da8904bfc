"""The explorer's sources: strict types against the schema, and a build that is small where people wait for it."""

from __future__ import annotations

import gzip
import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest
from graphql import build_schema, parse, validate

from tests.node import said

ROOT: Final = Path(__file__).parents[2]

FIRST_LOAD: Final = 120_000
SCRIPT: Final = re.compile(r"/(assets/[\w.-]+\.js)\"")
IMPORT: Final = re.compile(r"(?:from|import)\s*[\"']\./([\w.-]+\.js)[\"']")


@pytest.fixture(scope="module")
def built(checked_out: Path) -> Path:
    """Build the explorer."""
    said(["node", "node_modules/vite/bin/vite.js", "build"], checked_out)
    return checked_out / "dist"


def test_types(checked_out: Path) -> None:
    said(["node", "node_modules/svelte-check/bin/svelte-check", "--fail-on-warnings"], checked_out)


def test_what_the_first_page_loads_is_small(built: Path) -> None:
    """The page of the ranking: what index.html names, the page itself, one language, and what these import."""
    assets = built / "assets"
    wanted = [built / name for name in SCRIPT.findall((built / "index.html").read_text("utf-8"))]
    wanted += [*assets.glob("Find-*.js"), *assets.glob("th-*.js")]
    loaded: set[Path] = set()
    while wanted:
        script = wanted.pop()
        if script not in loaded:
            loaded.add(script)
            wanted += [assets / name for name in IMPORT.findall(script.read_text("utf-8"))]
    assert len(loaded) >= 4
    assert sum(len(gzip.compress(script.read_bytes(), 9)) for script in loaded) <= FIRST_LOAD


def test_documents_are_named_by_the_hashes_that_the_page_sends(built: Path) -> None:
    documents: dict[str, str] = json.loads((built / "documents.json").read_text("utf-8"))
    assert documents
    assert all(sha256(text.encode()).hexdigest() == name for name, text in documents.items())
    scripts = "".join(path.read_text("utf-8") for path in (built / "assets").glob("*.js"))
    assert set(re.findall(r"sha256:([0-9a-f]{64})", scripts)) == set(documents)


def test_documents_hold_to_the_schema(built: Path) -> None:
    """The checks of types know nothing of some rules, such as fields that cannot be merged."""
    schema = build_schema((ROOT / "api" / "schema.graphql").read_text("utf-8"))
    documents: dict[str, str] = json.loads((built / "documents.json").read_text("utf-8"))
    wrong = {text: found for text in documents.values() if (found := validate(schema, parse(text)))}
    assert wrong == {}


def test_nothing_is_inline_and_nothing_foreign(built: Path) -> None:
    """The policy of the page allows neither."""
    page = (built / "index.html").read_text("utf-8")
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|https?://", page)
