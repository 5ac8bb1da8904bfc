"""What the processes of a home have written to a cluster, or seen there, so that no server that lags answers any of them from before.

A cluster's servers do not follow the one that takes writes at once. Neo4j's answer is the bookmark: whoever sends one is answered by a
server that has come so far. A driver keeps its own; the processes of a home leave theirs in a folder, each in a file of its own.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import uuid4

from neo4j import AsyncGraphDatabase
from neo4j.api import AsyncBookmarkManager, Bookmarks

from graph.server.home import write_private

LOG: Final = logging.getLogger("creatorgraph.bookmarks")
SECONDS_KEPT: Final = 3_600
"""A server that lags behind more than an hour is broken, and no longer waited for."""


def shared_bookmarks(folder: Path | None, uri: str) -> AsyncBookmarkManager:
    """Return the bookmarks of a driver for `uri`, with those of all who share `folder`; its own alone without one."""
    if folder is None:
        return AsyncGraphDatabase.bookmark_manager()
    # Another cluster does not know them.
    shared = _Shared(folder / sha256(uri.encode()).hexdigest()[:16])
    return AsyncGraphDatabase.bookmark_manager(bookmarks_supplier=shared.others, bookmarks_consumer=shared.leave)


class _Shared:
    """One driver's place among the files."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._own = folder, folder / uuid4().hex
        self._left: frozenset[str] = frozenset()
        self._told = False

    def others(self) -> Bookmarks:
        """Return what the others have left within the hour; what is older is removed."""
        found: set[str] = set()
        oldest = time.time() - SECONDS_KEPT
        for file in self._files():
            with suppress(FileNotFoundError):
                if file.stat().st_mtime < oldest:
                    file.unlink()
                elif not file.suffix:
                    found |= set(file.read_text("utf-8").split())
        return Bookmarks.from_raw_values(found)

    def leave(self, own: Bookmarks) -> None:
        """Leave one's own for the others, before anyone hears of what was written; where that fails it is only said: it was written."""
        if own.raw_values == self._left:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_private(self._own, "\n".join(sorted(own.raw_values)))
        except OSError as error:
            if not self._told:
                LOG.warning("other processes may read from before what this one writes: %s: %s", self._folder, error.strerror)
            self._told = True
        else:
            self._left, self._told = own.raw_values, False

    def _files(self) -> Iterator[Path]:
        return (file for file in (self._folder.iterdir() if self._folder.is_dir() else ()) if file != self._own)
