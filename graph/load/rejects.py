"""Rejects kept as files that are corrected and imported again.

Of tables, a file a table with `reject_…` columns beside the row's own, which an import passes over. Of responses, a folder an owner
with the owner's file and a file an endpoint: each line a document of one record, with what is wrong with it under `rejected`.
What holds nothing to correct here, such as a file that is no JSON, is listed in `unreadable.jsonl`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BufferedWriter
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, Final, Self, cast

from graph import json_text
from graph.rows import BrandRef, CreatorRef, Page, Reject
from graph.sources.partner_api.pages import REJECTED
from graph.sources.tables.checks import SET_ASIDE

Key = tuple[str, str, str, str]

UNREADABLE: Final = "unreadable.jsonl"
MOST_PAGES: Final = 2048
"""Pages that are held back: an order's line may be rejected when it is read, and another when its batch is loaded."""

MOST_DOCUMENTS: Final = 8
"""Likewise, where a page is a whole document, which may be large."""

TABLES: Final = "tables"


@dataclass(slots=True)
class RejectFiles:
    """Files below `folder`, made when the first reject comes; `mapped` tells that rows came through a mapping."""

    folder: Path
    mapped: bool = False
    _open: dict[str, BufferedWriter] = field(default_factory=dict[str, BufferedWriter])
    _owners: dict[str, str] = field(default_factory=dict[str, str])
    _pages: dict[Key, tuple[Page, list[Reject]]] = field(default_factory=dict["Key", "tuple[Page, list[Reject]]"])

    def check(self) -> None:
        """Raise OSError where nothing could be set aside: better before an import than in its middle."""
        existing = next(each for each in self.folder.parents if each.is_dir())
        try:
            with TemporaryFile(dir=existing):
                pass
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(existing)) from None

    @property
    def paths(self) -> list[Path]:
        """The files that can be corrected, and the list of what cannot."""
        self._write_pages(keeping=0)
        return sorted(Path(file.name) for file in self._open.values())

    @property
    def folders(self) -> list[Path]:
        """The folders (or, of mapped rows, the files) to import again once they are corrected."""
        mended = [path for path in self.paths if path.name != UNREADABLE]
        return sorted({path if self.mapped else path.parent for path in mended})

    def write(self, reject: Reject) -> None:
        """Add a reject to its file; those of one page, also such as come with a later batch, stand in one document."""
        if reject.page is not None:
            self._pages.setdefault(_key(reject.page), (reject.page, []))[1].append(reject)
            self._write_pages(keeping=MOST_PAGES if "[" in reject.page.record else MOST_DOCUMENTS)
        elif reject.raw and reject.table:
            self._row(self._name(reject), reject, cast("dict[str, Any]", plain(reject.raw)))
        else:
            self._row(UNREADABLE, reject, {})

    def _name(self, reject: Reject) -> str:
        if self.mapped:
            return f"{Path(reject.where.file).name}{SET_ASIDE}"
        return f"{TABLES}/{reject.table}.jsonl"

    def _row(self, name: str, reject: Reject, record: dict[str, Any]) -> None:
        place = f"{reject.where.file} {reject.where.record}".strip()
        self._line(name, record | {"reject_place": place} | {f"reject_{key}": value for key, value in _reason(reject).items()})

    def _write_pages(self, *, keeping: int) -> None:
        while len(self._pages) > keeping:
            self._write_page(*self._pages.pop(next(iter(self._pages))))

    def _write_page(self, page: Page, rejects: list[Reject]) -> None:
        rejected = {"file": page.file, "record": page.record, "reasons": [_reason(each) for each in rejects]}
        try:
            self._line(f"{self._owner(page)}/{page.endpoint}.jsonl", page.document | {REJECTED: rejected})
        except ValueError:  # nested deeper than it can be written
            for reject in rejects:
                self._row(UNREADABLE, reject, {})

    def _owner(self, page: Page) -> str:
        """Return the folder of a page's owner, with the owner's file in it."""
        name, content = page.owner
        text = json_text.dumps(content)
        key = f"{name} {text.decode()}"
        if key not in self._owners:
            self._owners[key] = f"{name.removesuffix('.json')}-{len(self._owners) + 1}"
            below = self._made(self._owners[key])
            (below / name).write_bytes(text)
        return self._owners[key]

    def _line(self, name: str, content: dict[str, Any]) -> None:
        line = json_text.dumps(content)
        if name not in self._open:
            self._open[name] = (self._made(str(Path(name).parent)) / Path(name).name).open("wb")
        self._open[name].write(line + b"\n")

    def _made(self, below: str) -> Path:
        folder = self.folder / below
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._write_pages(keeping=0)
        for file in self._open.values():
            file.close()


def _key(page: Page) -> Key:
    return str(page.owner), page.endpoint, page.file, page.record


def _reason(reject: Reject) -> dict[str, str]:
    return {"column": reject.column, "value": reject.value, "rule": reject.rule, "remedy": reject.remedy}


def plain(value: Any) -> Any:
    """Return a row's value as JSON has it; a creator or brand by name is written by its parts."""
    if isinstance(value, CreatorRef):
        return value.open_id or value.id or {"handle": value.handle, "region": value.region}
    if isinstance(value, BrandRef):
        return value.id or {"name": value.name, "region": value.region}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in cast("Mapping[Any, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in cast("list[Any]", value)]
    return value
