"""The explorer as it is served: where its pages are, and where what is built of its sources lies."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]
SOURCES: Final = ROOT / "web"
SCHEMA: Final = ROOT / "api" / "schema.graphql"
"""What the explorer's documents are checked against, and so a source of the build too."""
NO_SOURCES: Final = ("node_modules", "dist", "*.local.*", "schema.d.ts")
"""Names below the sources of what is fetched, built, generated or one's own."""
PAGES: Final = (
    "find",
    "creators",
    "compare",
    "network",
    "portfolio",
    "sales",
    "briefs",
    "samples",
    "invite",
    "me",
    "methodology",
    "cypher",
    "admin",
    "sign-in",
)
"""First segments of the pages' addresses, beside `/`."""
INDEX: Final = "index.html"
DOCUMENTS: Final = "documents.json"
FIRST_VIEWS: Final = "first-views.json"
"""What each page asks at first, by the names of its documents: what a new service asks itself before others do."""
ASSETS: Final = "assets"


def folder(cache: Path) -> Path | None:
    """Return where what is built of the present sources lies, or None; an installed package without sources serves what was built last."""
    if SOURCES.is_dir():
        target = place(cache)
        return target if target.is_dir() else None
    return max((cache / "explorer").glob("*/"), key=lambda each: each.stat().st_mtime, default=None)


def place(cache: Path) -> Path:
    """Return where a build of the present sources belongs: other sources, another folder."""
    found = sha256()
    for path in (*sorted(path for path in SOURCES.rglob("*") if path.is_file() and _source(path)), SCHEMA):
        found.update(f"{path.relative_to(ROOT).as_posix()} {path.stat().st_size}\n".encode())
        found.update(path.read_bytes())
    return cache / "explorer" / found.hexdigest()[:16]


def _source(path: Path) -> bool:
    parts = path.relative_to(SOURCES).parts
    return not any(Path(part).match(pattern) for part in parts for pattern in NO_SOURCES)
