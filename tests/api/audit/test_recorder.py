"""What waits to be written when the process ends."""

import asyncio
import sqlite3
from dataclasses import replace
from pathlib import Path

from api.access.viewer import Role, Viewer
from api.audit.entries import Channel, Showing, digest
from api.audit.files import FOLDER
from api.audit.pseudonyms import FILE
from api.audit.reading import Wanted, newest
from api.audit.recorder import SECONDS, Recorder
from api.settings import Settings
from tests.api.audit.writing import verdict

VIEWER = Viewer("k1", "lab", Role.ANALYST)


def showing(creator: str) -> Showing:
    return Showing(Channel.GRAPHQL, "Page", digest("query Page { … }"), (creator,))


async def test_a_batch_that_is_being_written_is_written_before_the_files_are_closed(tmp_path: Path) -> None:
    recorder = Recorder(replace(Settings(), home=tmp_path))
    recorder.note(VIEWER, showing("ana"))
    while not newest(tmp_path, Wanted(), first=1):
        await asyncio.sleep(0.05)
    busy = sqlite3.connect(tmp_path / FOLDER / FILE, isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    recorder.note(VIEWER, showing("ben"))
    await asyncio.sleep(SECONDS + 0.5)  # the writer's thread now waits for the file
    recorder.note(VIEWER, showing("cat"))
    closing = asyncio.create_task(recorder.close())
    await asyncio.sleep(0.3)
    assert not closing.done()
    busy.execute("ROLLBACK")
    busy.close()
    await closing
    assert len(newest(tmp_path, Wanted(), first=9)) == 3
    assert verdict(tmp_path).sound
