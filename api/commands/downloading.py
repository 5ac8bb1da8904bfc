"""A progress bar for the files that the database needs at its first start."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from graph.server.jars import Progress as Report


@contextmanager
def download_bar() -> Generator[Report]:
    """Yield a callback that shows how far the download is, on stderr; where nothing is to be fetched it shows nothing."""
    columns = (TextColumn("Fetching the database"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", visible=False, total=None)

        def report(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total, visible=done < total)

        yield report
