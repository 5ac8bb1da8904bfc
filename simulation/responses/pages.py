"""Responses as a shop saves them: pages in numbered files or lines, bare or in an envelope with their request."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import orjson

PAGE: Final = 50
FILES_MOST: Final = 12
"""Of more pages than this, one file of lines is made."""
FORMS: Final = ("json", "jsonl", "jsonl.gz")


@dataclass(frozen=True, slots=True)
class Reply:
    """The data of one response, and the ids in the path of its request."""

    data: dict[str, Any]
    path: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Mapping[str, Any] = field(default_factory=dict[str, Any])


def paged(
    key: str, items: Sequence[Any], *, more: Mapping[str, Any] | None = None, path: Mapping[str, str] | None = None
) -> Iterator[Reply]:
    """Yield a list in pages, each with the total and a token for the next; the last token is empty.

    `more` is said on every page; one that says `total_count` None leaves the total out.
    """
    total = len(items)
    for start in range(0, max(total, 1), PAGE):
        end = min(start + PAGE, total)
        token = f"b2Zmc2V0PT{end:06d}" if end < total else ""
        data = {key: list(items[start:end]), "next_page_token": token, "total_count": total, **(more or {})}
        yield Reply({name: value for name, value in data.items() if value is not None}, path or {})


class Shelf:
    """One export's folder; how each endpoint's pages are kept varies from shelf to shelf and from endpoint to endpoint."""

    def __init__(self, folder: Path, owner: str, facts: Mapping[str, Any]) -> None:
        """Make the folder and its owner file (`shop.json`, `creator.json` or `partner.json`)."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{owner}.json").write_bytes(orjson.dumps(facts, option=orjson.OPT_INDENT_2))
        self._folder, self._turn = folder, sum(str(facts).encode())

    def keep(self, slug: str, replies: Iterable[Reply], *, again: bool = False) -> None:
        """Write all pages of one endpoint; with `again`, the first page is saved a second time, as people do."""
        pages = list(replies)
        if not pages:
            return
        pages += pages[:1] if again else []
        self._turn += 1
        documents = [self._document(number, page) for number, page in enumerate(pages)]
        form = FORMS[self._turn % 3] if len(pages) <= FILES_MOST else FORMS[1 + self._turn % 2]
        if form == "json":
            for number, document in enumerate(documents, 1):
                (self._folder / f"{slug}-{number:04d}.json").write_bytes(orjson.dumps(document))
            return
        lines = b"".join(orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE) for document in documents)
        packed = gzip.compress(lines, mtime=0) if form == "jsonl.gz" else lines
        (self._folder / f"{slug}-0001.{form}").write_bytes(packed)

    def failed(self, slug: str) -> None:
        """Write a response that tells of a failure, as exports hold them."""
        document = {"code": 36_009_003, "message": "Internal error. Please try again.", "request_id": "0" * 34}
        (self._folder / f"{slug}-failed.json").write_bytes(orjson.dumps(document))

    def _document(self, number: int, page: Reply) -> dict[str, Any]:
        code: int | str = "0" if (self._turn + number) % 5 == 0 else 0
        response = {"code": code, "message": "Success", "request_id": f"2026{self._turn:012d}{number:018d}", "data": page.data}
        if not page.path and not page.body and self._turn % 2:
            return response
        request = {"path": dict(page.path), "query": {"page_size": str(PAGE)}, "body": dict(page.body)}
        return {"request": request, "response": response}
