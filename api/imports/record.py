"""An import's record: what became of it, kept as a file beside what was uploaded."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple, Self

import orjson

from graph.processes import Identity, is_alive


class Status(StrEnum):
    """Where an import stands."""

    UPLOADING = "UPLOADING"
    CHECKING = "CHECKING"
    CHECKED = "CHECKED"
    IMPORTING = "IMPORTING"
    DONE = "DONE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


class Job(StrEnum):
    """What a process does with the files: try what would come of them, or load them."""

    CHECK = "check"
    IMPORT = "import"

    @property
    def going(self) -> Status:
        """The status while it is done."""
        return Status.CHECKING if self is Job.CHECK else Status.IMPORTING


GOING: Final = frozenset({Status.CHECKING, Status.IMPORTING})
LOST: Final = "its process ended without a word, as one that is killed or out of memory"
KEPT: Final = {
    Job.CHECK: "nothing was written: check again",
    Job.IMPORT: "what was imported before stays: import again, which does nothing twice",
}


class Reading(NamedTuple):
    """How the files of an import are read: through a mapping, or as import tables of an encoding and a delimiter; None as they tell."""

    mapping: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(slots=True)
class Record:
    """One import; times are Unix seconds, `began_at` and `ended_at` those of the job that was begun last.

    `key` is the account that began it and `started_by` its name; `process` the one that works on it. `files` and `bytes` are what was
    uploaded, as of the last job; `mapped` tells whether it is read through the mapping beside it, else `encoding` and `delimiter` are what
    tables do not tell; `expected` is how many rows a check has read; `event` the number of the domain event that tells of it.
    """

    id: str
    key: str
    started_by: str
    created_at: int
    expires_at: int
    note: str | None = None
    mapped: bool = False
    encoding: str | None = None
    delimiter: str | None = None
    mends: str | None = None
    status: Status = Status.UPLOADING
    job: Job | None = None
    process: Identity | None = None
    began_at: int | None = None
    ended_at: int | None = None
    files: int = 0
    bytes: int = 0
    rows: int = 0
    expected: int | None = None
    table: str | None = None
    waits_for: str | None = None
    error: str | None = None
    check: dict[str, Any] | None = None
    summary: dict[str, Any] | None = None
    event: int | None = None
    emptied: bool = False

    @classmethod
    def read(cls, text: bytes) -> Self:
        """Return the record that `text` wrote."""
        values: dict[str, Any] = orjson.loads(text)
        process, job = values["process"], values["job"]
        values |= {"status": Status(values["status"]), "job": job and Job(job), "process": process and tuple(process)}
        return cls(**values)

    @property
    def text(self) -> str:
        """The record as its file holds it."""
        return orjson.dumps(asdict(self)).decode()

    @property
    def is_going(self) -> bool:
        """Whether a job is under way, as far as was told."""
        return self.status in GOING

    @property
    def is_orphaned(self) -> bool:
        """Whether the process that works on it has ended first, as after a kill or a power cut."""
        return self.is_going and (self.process is None or not is_alive(self.process))

    @property
    def is_open(self) -> bool:
        """Whether files can be added, and a job begun."""
        return not self.is_going and self.status is not Status.DONE and not self.emptied

    def open_again(self) -> None:
        """Take back what a check found: the files, or how they are read, are no longer the same."""
        self.status, self.check, self.expected, self.error = Status.UPLOADING, None, None, None

    def begin(self, job: Job, process: Identity, *, now: int) -> None:
        """Note that a job begins."""
        self.job, self.status, self.process, self.began_at, self.ended_at = job, job.going, process, now, None
        self.rows, self.table, self.waits_for, self.error = 0, None, None, None
        if job is Job.CHECK:
            self.check = self.expected = None
        else:
            self.summary = None

    def end(self, status: Status, error: str | None = None, *, now: int) -> None:
        """Note how the job ended; files and rejects are kept as long from now on as they were to be from its beginning on."""
        if self.began_at is not None and self.ended_at is None:
            self.expires_at += max(0, now - self.began_at)
        self.status, self.error, self.ended_at, self.waits_for = status, error, now, None

    def told(self, why: str) -> str:
        """Return why the job ended, with what that means for it."""
        return f"{why}; {KEPT[self.job or Job.CHECK]}"
