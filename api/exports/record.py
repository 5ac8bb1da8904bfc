"""An export's record: what became of it, kept as a file beside the file that it made."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Final, Self

import orjson

from api.access.subjects import PREFIX as SUBJECT
from api.access.viewer import Viewer
from api.exports.order import Order
from graph.dates import iso_time_or_null
from graph.processes import Identity, is_alive


class Status(StrEnum):
    """Where an export stands."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


GOING: Final = frozenset({Status.QUEUED, Status.RUNNING})
STOPPED: Final = {"message": "the server stopped before the export was complete; create it again", "code": "STOPPED"}
OUTDATED: Final = {"message": "the data that this export was made from have been replaced; create it again", "code": "OUTDATED"}


@dataclass(slots=True)
class Record:
    """One export; times are Unix seconds. `key` is the account that it belongs to, `process` the one that makes it.

    `bounds` is what the account could see when it ordered; None in records of versions that did not store it.
    """

    id: str
    key: str
    what: str
    format: str
    options: dict[str, Any]
    file_name: str
    created_at: int
    expires_at: int
    process: Identity
    status: Status = Status.QUEUED
    progress: float = 0.0
    rows: int = 0
    bytes: int = 0
    finished_at: int | None = None
    error: dict[str, Any] | None = None
    facts: dict[str, str | int] = field(default_factory=dict[str, "str | int"])
    estimated_bytes: int | None = None
    notice: str | None = None
    bounds: dict[str, Any] | None = None

    @classmethod
    def read(cls, text: bytes) -> Self:
        """Return the record that `text` wrote."""
        values: dict[str, Any] = orjson.loads(text)
        values |= {"status": Status(values["status"]), "process": tuple(values["process"])}
        return cls(**values)

    @property
    def text(self) -> str:
        """The record as its file holds it."""
        return orjson.dumps(asdict(self)).decode()

    @property
    def order(self) -> Order:
        """What was ordered."""
        return Order(self.what, self.format, self.options)

    @property
    def orphaned(self) -> bool:
        """Whether the process that made it has ended first, as after a kill or a power cut."""
        return self.status in GOING and not is_alive(self.process)

    def readable_by(self, viewer: Viewer) -> bool:
        """Tell whether it is the viewer's, who still sees what was exported; claims of an account of tokens change."""
        if self.key != viewer.account:
            return False
        return self.bounds == bounds_of(viewer) if self.bounds is not None else not self.key.startswith(SUBJECT)

    def shown(self) -> dict[str, Any]:
        """Return what the key's holder sees."""
        seen = {
            **{"id": self.id, "what": self.what, "format": self.format, "options": self.options},
            **{"status": self.status.value, "progress": round(self.progress, 3), "rows": self.rows, "bytes": self.bytes},
            **{"fileName": self.file_name, "createdAt": iso_time_or_null(self.created_at), "expiresAt": iso_time_or_null(self.expires_at)},
            **{"finishedAt": iso_time_or_null(self.finished_at), "error": self.error, "facts": self.facts},
            **{"estimatedBytes": self.estimated_bytes, "notice": self.notice},
        }
        return {**seen, "file": f"/exports/{self.id}/file" if self.status is Status.DONE else None}


def bounds_of(viewer: Viewer) -> dict[str, Any]:
    """Return role and bounds of a viewer as a record stores them, whatever order they came in."""
    lists = {"regions": sorted(viewer.regions), "brands": sorted(viewer.brands)}
    return {"role": str(viewer.role), **lists, "creator": viewer.creator}
