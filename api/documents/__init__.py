"""The generated documents: each is written from what the product itself reads, so that none can drift."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import scoring
from api.documents import cli, model, questions, reference, settings
from api.graphql import schema as assembly

ROOT: Final = Path(__file__).parents[2]

DOCUMENTS: Final[dict[str, Callable[[], str]]] = {
    "api/schema.graphql": assembly.sdl,
    "docs/methodology.md": scoring.methodology_markdown,
    "docs/schema.md": reference.page,
    "docs/graph.md": model.graph_page,
    "docs/import.md": model.import_page,
    "docs/questions.md": questions.page,
    "docs/settings.md": settings.page,
    "docs/cli.md": cli.page,
}


def written(root: Path = ROOT) -> list[str]:
    """Write every document below `root`; return the paths of those that changed."""
    return [path for path, text in DOCUMENTS.items() if _replaced(root / path, text())]


def _replaced(file: Path, text: str) -> bool:
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return True
