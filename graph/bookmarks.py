"""What the processes of a home have written to a cluster, or seen there, so that no server that lags answers any of them from before.

A cluster's servers do not follow the one that takes writes at once. Neo4j's answer is the bookmark: whoever sends one is answered by a
server that has come so far. A driver keeps its own; the processes of a home leave theirs in a folder, each in a file of its own.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from neo4j import AsyncGraphDatabase
from neo4j.api import AsyncBookmarkManager, Bookmarks

from graph.server.home import write_private

SECONDS_KEPT: Final = 3_600
"""A server that lags behind more than an hour is broken, and no longer waited for."""


def shared_bookmarks(folder: Path | None) -> AsyncBookmarkManager:
    """Return the bookmarks of a driver, with those of all who share `folder`; its own alone without one."""
    if folder is None:
        return AsyncGraphDatabase.bookmark_manager()
    shared = _Shared(folder)
    return AsyncGraphDatabase.bookmark_manager(bookmarks_supplier=shared.others, bookmarks_consumer=shared.leave)


class _Shared:
    """One driver's place among the files."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder, self._own = folder, folder / uuid4().hex
        self._left: frozenset[str] = frozenset()
        for file in self._files():
            with suppress(FileNotFoundError):
                if file.stat().st_mtime < time.time() - SECONDS_KEPT:
                    file.unlink()

    def others(self) -> Bookmarks:
        """Return what the others have left."""
        found: set[str] = set()
        for file in self._files():
            with suppress(FileNotFoundError):
                found |= set(file.read_text("utf-8").split())
        return Bookmarks.from_raw_values(found)

    def leave(self, own: Bookmarks) -> None:
        """Leave one's own for the others, before anyone hears of what was written."""
        if own.raw_values != self._left:
            write_private(self._own, "\n".join(sorted(own.raw_values)))
            self._left = own.raw_values

    def _files(self) -> Iterator[Path]:
        return (file for file in self._folder.iterdir() if file != self._own and not file.suffix)
