"""Manifests of documents, in the formats that clients' tools write: Apollo's manifest, Relay's map, and folders of `.graphql` files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from api.audit.entries import digest
from api.errors import ApiError
from api.json_values import is_list, is_object
from api.trusted.tool_requests import ToolRequest, in_comments, in_manifest

APOLLO: Final = "apollo-persisted-query-manifest"
GRAPHQL_FILES: Final = (".graphql", ".gql")
FORMATS: Final = (
    f'Apollo\'s manifest ({{"format": "{APOLLO}", "version": 1, "operations": […]}}), Relay\'s map ({{"id": "text"}}) or a folder of '
    ".graphql files"
)
HASH: Final = re.compile(r"(?:sha256:)?([0-9a-f]{64})")
LONGEST_ID: Final = 200


class DocumentsRefused(ApiError):
    """The trusted documents cannot be served as they are."""


@dataclass(frozen=True, slots=True)
class TrustedDocument:
    """A document by its id, with the place that it was read from; `tool` where it asks to be an agent's tool."""

    id: str
    text: str
    place: str
    tool: ToolRequest | None = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of its text, by which it is known too."""
        return digest(self.text)


def documents(sources: Sequence[Path]) -> list[TrustedDocument]:
    """Return the documents of all manifests, each once; DocumentsRefused names file, document and remedy."""
    found: dict[str, TrustedDocument] = {}
    for each in (each for source in sources for each in _read(source)):
        other = found.setdefault(each.id, each)
        if other.text != each.text:
            raise DocumentsRefused(f"{each.place} has the id of {other.place}, and another text; give one of them another id")
        hashed = HASH.fullmatch(each.id)
        if hashed and hashed[1] != each.sha256:
            raise DocumentsRefused(
                f"{each.place}: its id is a SHA-256, and not that of its text ({each.sha256}); write the manifest anew from the same "
                "documents, or choose an id of another form"
            )
    return list(found.values())


def _read(source: Path) -> Iterator[TrustedDocument]:
    if source.is_dir():
        files = sorted(path for path in source.rglob("*") if path.suffix in GRAPHQL_FILES)
        if not files:
            raise DocumentsRefused(f"{source} has no .graphql files; name a folder that has some in CREATORGRAPH_DOCUMENTS")
        for path in files:
            yield _file(path, path.relative_to(source))
    elif source.suffix in GRAPHQL_FILES:
        yield _file(source, Path(source.name))
    else:
        yield from _manifest(source)


def _file(path: Path, name: Path) -> TrustedDocument:
    """Return a file's document, whose id is its path within the folder."""
    text = _text(path)
    return TrustedDocument(name.with_suffix("").as_posix(), text, str(path), in_comments(text))


def _manifest(path: Path) -> Iterator[TrustedDocument]:
    try:
        found = orjson.loads(_text(path))
    except orjson.JSONDecodeError as error:
        raise DocumentsRefused(f"{path} is not JSON ({error}); CREATORGRAPH_DOCUMENTS takes {FORMATS}") from error
    if is_object(found) and found.get("format") == APOLLO:
        yield from _of_apollo(path, found)
    elif is_object(found) and all(isinstance(text, str) for text in found.values()):
        for id_, text in found.items():
            yield _document(path, id_, text, f"document {id_!r}")
    else:
        raise DocumentsRefused(f"{path} is no manifest; CREATORGRAPH_DOCUMENTS takes {FORMATS}")


def _of_apollo(path: Path, manifest: Mapping[str, Any]) -> Iterator[TrustedDocument]:
    operations = manifest.get("operations")
    if manifest.get("version") != 1 or not is_list(operations):
        raise DocumentsRefused(f"{path} is a manifest of version {manifest.get('version')!r}; write version 1, with a list of operations")
    for number, each in enumerate(operations, 1):
        if not is_object(each) or not isinstance(each.get("body"), str) or not isinstance(each.get("id"), str):
            raise DocumentsRefused(f"{path}: operation {number} has no id or no body, which must be texts; write the manifest anew")
        yield _document(path, each["id"], each["body"], f"operation {each.get('name') or number}", each.get("tool"))


def _document(path: Path, id_: str, text: str, name: str, tool: Any = None) -> TrustedDocument:
    place = f"{path}: {name}"
    if not 0 < len(id_) <= LONGEST_ID:
        raise DocumentsRefused(f"{place}: its id has {len(id_)} characters; give one of 1 to {LONGEST_ID}")
    try:
        return TrustedDocument(id_, text, place, in_comments(text) if tool is None else in_manifest(tool))
    except ValueError as error:
        raise DocumentsRefused(f"{place}: {error}") from error


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentsRefused(f"{path} is not UTF-8; save it in UTF-8") from error
    except OSError as error:
        raise DocumentsRefused(f"{path} cannot be read ({error.strerror}); correct CREATORGRAPH_DOCUMENTS, or make it readable") from error
