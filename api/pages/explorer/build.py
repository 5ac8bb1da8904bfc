"""What is built of the explorer, read once when the service starts: a megabyte, which is then answered from memory."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import orjson

from api.pages.explorer import ASSETS, DOCUMENTS, FIRST_VIEWS, INDEX, folder
from api.settings import Settings

MEDIA_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
OPERATION: Final = re.compile(r"\b(?:query|mutation) (\w+)")
ENCODINGS: Final = {"br": ".br", "gzip": ".gz"}
"""In which forms an asset may lie there beside its own, the smallest first."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the explorer, as it is and by encoding."""

    media_type: str
    body: bytes
    packed: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class FirstView:
    """What a page asks when it is opened: a document with its variables, in which `$creator` and `$brand` stand for somebody's own."""

    text: str
    roles: frozenset[str]
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Build:
    """The page, its files by name, the texts of its documents by their SHA-256, and what its pages ask at first."""

    page: bytes
    assets: Mapping[str, Asset]
    documents: Mapping[str, str]
    first_views: Sequence[FirstView]

    @property
    def etag(self) -> str:
        """What tells this page from another; its files have hashes in their names, so it stands for all of them."""
        return f'"{sha256(self.page).hexdigest()[:16]}"'


@dataclass(slots=True)
class _Place:
    """Where a process keeps its build; there may be none."""

    build: Build | None = None
    read: bool = field(default=False)


def build(process: Any) -> Build | None:
    """Return what a process serves of the explorer, read at first use; None where it was not built then."""
    place = process.own.of(_Place)
    if not place.read:
        place.build, place.read = read(process.settings), True
    return place.build


def read(settings: Settings) -> Build | None:
    """Read what is built of the present sources, if it is."""
    found = folder(settings.cache)
    if found is None:
        return None
    assets = {path.name: _asset(path) for path in (found / ASSETS).iterdir() if path.suffix in MEDIA_TYPES}
    documents: Mapping[str, str] = orjson.loads((found / DOCUMENTS).read_bytes())
    return Build((found / INDEX).read_bytes(), assets, documents, _first_views(found, documents))


def _first_views(found: Path, documents: Mapping[str, str]) -> Sequence[FirstView]:
    texts = {match[1]: text for text in documents.values() if (match := OPERATION.search(text))}
    listed: list[dict[str, Any]] = orjson.loads((found / FIRST_VIEWS).read_bytes())
    return [FirstView(texts[each["document"]], frozenset(each["roles"]), each["variables"]) for each in listed]


def _asset(path: Path) -> Asset:
    packed = {name: path.with_name(path.name + suffix) for name, suffix in ENCODINGS.items()}
    return Asset(MEDIA_TYPES[path.suffix], path.read_bytes(), {name: file.read_bytes() for name, file in packed.items() if file.is_file()})
