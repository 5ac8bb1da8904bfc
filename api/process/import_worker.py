"""`python -m api.process.import_worker`: try or load the files of an import in a process of its own.

Reading files keeps the interpreter busy, and whoever serves answers meanwhile.
"""

from __future__ import annotations

import os
import resource
from contextlib import suppress
from typing import Any

from api.imports.job import Progress, done, worked
from api.imports.store import Store
from api.process.database import database
from api.process.job_worker import run
from api.settings import Settings
from graph.processes import this_process


async def imported(settings: Settings, given: dict[str, Any]) -> int:
    """Do the job that the import's record names. Exit code 0: its record says how it ended; 1: by a mistake of ours."""
    _allow_files()
    store = Store(settings.home)
    record = store.record(given["id"])
    record.process = this_process()
    store.save(record)
    os.chdir(store.files(record.id))
    progress = Progress(store, record)

    async def work() -> None:
        async with database(settings) as driver:
            await worked(driver, progress, settings)

    failed = await done(progress, work())
    if record.summary is not None and record.status == "DONE":
        store.clear_files(record.id)
    return int(failed)


def _allow_files() -> None:
    """Raise the limit of open files to what may be had: every folder that is imported keeps one open until all rates are read."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError, ValueError):  # some systems say that there is no limit, and still allow less
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    run(imported)
