"""Rejects kept as JSON Lines, one file a table, to be mended and imported again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BufferedWriter
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import orjson

from graph.rows import BrandRef, CreatorRef, Reject


@dataclass(slots=True)
class RejectFiles:
    """Files below `folder`, made when the first reject comes.

    A table's rejects are rows of that table with `reject_…` columns beside, which an import passes over, so that a mended
    file can be imported as it is. Of a response the record stands under `record`, for mending where it came from.
    """

    folder: Path
    of_responses: bool
    _open: dict[str, BufferedWriter] = field(default_factory=dict[str, BufferedWriter])

    @property
    def paths(self) -> list[Path]:
        """The files that there are."""
        return sorted(Path(file.name) for file in self._open.values())

    def write(self, reject: Reject) -> None:
        """Add a reject to its table's file."""
        name = f"{reject.table or 'records'}{'-records' if self.of_responses and reject.table else ''}.jsonl"
        if name not in self._open:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._open[name] = (self.folder / name).open("wb")
        record = plain(reject.raw)
        why = {
            "reject_place": f"{reject.where.file} {reject.where.record}".strip(),
            "reject_column": reject.column,
            "reject_value": reject.value,
            "reject_rule": reject.rule,
            "reject_remedy": reject.remedy,
        }
        line = ({"record": record} if self.of_responses else cast("dict[str, Any]", record)) | why
        self._open[name].write(orjson.dumps(line, default=str, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for file in self._open.values():
            file.close()


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
