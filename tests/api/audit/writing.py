"""Logs of made-up entries, with small ones all the same."""

from pathlib import Path

from api.audit.entries import Entry
from api.audit.files import FOLDER, LogFiles
from api.audit.log import AuditLog
from api.audit.note import Signer
from api.audit.verification import Verdict, verified

START = 1_700_000_000


def entry(number: int) -> Entry:
    return Entry(START + number, f"k{number % 5:07}", "partner", "graphql", "Page", f"{number:064x}", (f"creator{number:09}",))


def log_of(home: Path, *batches: int, days: int = 100) -> AuditLog:
    """Return a log that was written in batches of so many entries."""
    log, number = AuditLog(home, days=days), 0
    for size in batches:
        log.append([entry(number + each) for each in range(size)])
        number += size
    return log


def verdict(home: Path) -> Verdict:
    return verified(LogFiles(home / FOLDER), Signer.of(home))


def files_of(home: Path) -> list[Path]:
    """Return the files that the log consists of."""
    found = [each for each in sorted((home / FOLDER).rglob("*")) if each.is_file()]
    return [each for each in found if each.name != "lock" and not each.name.startswith("pseudonyms")]
