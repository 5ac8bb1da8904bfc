"""Verification of a home's whole log while a server may be writing it, with what stands for the creators in it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from api.audit.files import FOLDER, LogFiles
from api.audit.note import Checkpoint, Signer
from api.audit.pseudonyms import FILE, Pseudonyms
from api.audit.verification import Verdict, verified
from api.errors import LogDamaged
from graph.server.locks import held

TRIES: Final = 5


def checked(home: Path, trusted: Sequence[Checkpoint] = ()) -> Verdict:
    """Return what is wrong with a home's log, compared with its checkpoint and those that were kept elsewhere."""
    found = _settled(LogFiles(home / FOLDER), Signer.of(home), trusted)
    file = home / FOLDER / FILE
    if file.exists():
        try:
            with closing(Pseudonyms(file.parent)) as pseudonyms:
                found.problems += [f"{file}: what stands for {each} was changed" for each in pseudonyms.wrong()]
        except sqlite3.Error as error:
            found.problems.append(f"{file}: {error}")
    return found


def _settled(files: LogFiles, signer: Signer, trusted: Sequence[Checkpoint]) -> Verdict:
    """Verify the log as it is now; again where old entries were pruned meanwhile, which happens once an hour."""
    for _ in range(TRIES):
        now = _as_now(files, signer)
        found = verified(now, signer, trusted)
        if found.sound or _minimum(files) == now.kept.get(files.minimum):
            return found
    return verified(_as_now(files, signer), signer, trusted)


def _as_now(files: LogFiles, signer: Signer) -> LogFiles:
    """Return the files with all that a writer replaces or removes read at once, under its lock; whole tiles stay as they are."""
    with held(files.lock) if os.access(files.lock, os.W_OK) else nullcontext():
        kept = {each: each.read_bytes() for each in (files.checkpoint, files.minimum) if each.exists()}
        with suppress(LogDamaged, KeyError):
            edge = files.edge(Checkpoint.read(kept[files.checkpoint], signer.verifier).size)
            kept |= {each: each.read_bytes() for each in edge if each.exists()}
    return replace(files, kept=kept)


def _minimum(files: LogFiles) -> bytes | None:
    return files.minimum.read_bytes() if files.minimum.exists() else None
