"""Verification of a home's whole log while a server may be writing it, with what stands for the creators in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from api.audit.files import FOLDER, LogFiles
from api.audit.note import Checkpoint, Signer
from api.audit.pseudonyms import FILE, Pseudonyms
from api.audit.verification import Verdict, verified

TRIES: Final = 5


def checked(home: Path, trusted: Sequence[Checkpoint] = ()) -> Verdict:
    """Return what is wrong with a home's log, compared with its checkpoint and those that were kept elsewhere."""
    found = _settled(LogFiles(home / FOLDER), Signer.of(home), trusted)
    if (home / FOLDER / FILE).exists():
        pseudonyms = Pseudonyms(home / FOLDER)
        found.problems += [f"{home / FOLDER / FILE}: what stands for {each} was changed" for each in pseudonyms.wrong()]
        pseudonyms.close()
    return found


def _settled(files: LogFiles, signer: Signer, trusted: Sequence[Checkpoint]) -> Verdict:
    """Verify; again where a server has written meanwhile, and so removed partial tiles that were being read."""
    for _ in range(TRIES):
        before = _written(files)
        found = verified(files, signer, trusted)
        if found.sound or _written(files) == before:
            return found
    return verified(files, signer, trusted)


def _written(files: LogFiles) -> bytes:
    return files.checkpoint.read_bytes() if files.checkpoint.exists() else b""
