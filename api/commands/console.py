"""Where tables for people are printed."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from graph.server.jars import Progress as Report

WIDE: Final = 10_000


def console() -> Console:
    """Return standard output; in a pipe or a file no line is broken or cut, whatever its length."""
    return Console(width=None if sys.stdout.isatty() else WIDE)


@contextmanager
def download_bar() -> Generator[Report]:
    """Yield a callback that shows how far the download is, on stderr; where nothing is to be fetched it shows nothing."""
    columns = (TextColumn("Fetching the database"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        bar = progress.add_task("", visible=False, total=None)

        def report(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total, visible=done < total)

        yield report
