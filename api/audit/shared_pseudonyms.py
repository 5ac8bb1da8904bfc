"""The pseudonyms of a process's log as whatever it answers looks them up: one open file, safe to use from any thread."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from api.audit.files import FOLDER
from api.audit.pseudonyms import Pseudonyms
from api.audit.recorder import Place


class SharedPseudonyms:
    """Look-ups alone; the file is opened with the first."""

    def __init__(self, folder: Path) -> None:
        """Look up in the file of a log's folder."""
        self._folder = folder
        self._lock = Lock()
        self._opened: Pseudonyms | None = None

    def known(self, creator: str) -> str | None:
        """Return a creator's pseudonym; None for one whom the log names nowhere."""
        with self._lock:
            return self._file().known(creator)

    def creators(self, pseudonyms: Iterable[str]) -> dict[str, str]:
        """Return the creators behind pseudonyms; those who were forgotten are left out."""
        with self._lock:
            return self._file().creators(pseudonyms)

    def text(self, named: str) -> str | None:
        """Return the text that a digest stands for; None where none is kept, or no more."""
        with self._lock:
            return self._file().text(named)

    async def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def _file(self) -> Pseudonyms:
        if self._opened is None:
            self._opened = Pseudonyms(self._folder)
        return self._opened


def pseudonyms_of(place: Place) -> SharedPseudonyms:
    """Return those of a process, closed at its end."""

    def made() -> SharedPseudonyms:
        shared = SharedPseudonyms(place.settings.home / FOLDER)
        place.own.at_end(shared.close)
        return shared

    return place.own.of(SharedPseudonyms, made)
