"""What an import did, counted by kind: the numbers that it says at its end."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from graph.rows import Note, Reject

OUTCOMES: Final = ("read", "created", "changed", "unchanged", "rejected", "erased")
CHANGES: Final = ("created", "changed")
SKIPS: Final = frozenset(
    {
        "empty file",
        "failed response",
        "file not in the mapping",
        "folder without a valid owner file",
        "link not followed",
        "no owner file at or above",
        "table among responses; import it by itself",
        "unknown file",
    }
)
"""Notes that tell of something that was passed over as a whole."""

UNREAD: Final = frozenset({"column not mapped", "field not used", "unknown column", "unknown field"})
"""Notes that tell of fields that nothing was made of."""

LOUD: Final = frozenset({"mapped column that no record has"})
"""Notes that tell of something that was asked for and not found."""

PLACE: Final = re.compile(r"\[\d+\]")
MOST_REASONS: Final = 100
"""Different reasons that are kept, each with its first example: a broken export could have one a row."""


@dataclass(slots=True)
class Tally:
    """Counts by kind (the table, `orders`, `partners`), and what else there is to say.

    Each row that was read is created, changed, unchanged, rejected, or erased: of a creator who was, and left out.
    `reasons` has the first reject of each reason, `repeated` how often it came. What never became a row (a file, a
    document) is skipped and stands in `notes`.
    """

    counts: dict[str, Counter[str]] = field(default_factory=dict[str, Counter[str]])
    notes: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    reasons: list[Reject] = field(default_factory=list[Reject])
    repeated: Counter[tuple[str, ...]] = field(default_factory=Counter[tuple[str, ...]])
    written: bool = False
    uploaded: bool = False
    """Whether the files came over HTTP, of which the domain event tells."""

    event: int | None = None
    """Number of the domain event that tells of the import; None where it changed nothing, or was only tried."""

    def count(self, kind: str, outcome: str, times: int = 1) -> None:
        """Count rows of a kind."""
        self.counts.setdefault(kind, Counter())[outcome] += times

    def reject(self, reject: Reject, *, read: bool) -> None:
        """Count a reject; `read` tells that the row was already counted as read."""
        kind = reject.kind or reject.table or "records"
        self.count(kind, "rejected")
        if not read:
            self.count(kind, "read")
        reason = reason_of(reject)
        if self.repeated[reason] or len(self.reasons) < MOST_REASONS:
            self.reasons += [] if self.repeated[reason] else [reject]
            self.repeated[reason] += 1

    def recount(self, reject: Reject) -> None:
        """Count a row that was already taken as rejected, so that each row that was read counts once."""
        counts = self.counts[reject.table]
        was = next((outcome for outcome in ("created", "changed", "unchanged") if counts[outcome]), None)
        if was is not None:
            counts[was] -= 1
        self.reject(reject, read=was is not None)

    def note(self, note: Note) -> None:
        """Count something that was skipped or is worth saying."""
        self.notes[note.kind, _printable(note.subject)] += note.count

    def total(self, outcome: str) -> int:
        """Return the count of all kinds together."""
        return sum(count[outcome] for count in self.counts.values())

    @property
    def skipped(self) -> int:
        """How many files and documents were passed over."""
        return sum(count for (kind, _), count in self.notes.items() if kind in SKIPS)

    @property
    def unread(self) -> Counter[tuple[str, str]]:
        """The fields that nothing was made of, by name."""
        return Counter({note: count for note, count in self.notes.items() if note[0] in UNREAD})

    @property
    def exit_status(self) -> int:
        """0 when all was taken, 3 when some rows were rejected or a mapped column is in no record, 1 when nothing was taken."""
        taken = sum(map(self.total, ("created", "changed", "unchanged", "erased")))
        if not taken:
            return 1
        return 3 if self.total("rejected") or any(kind in LOUD for kind, _ in self.notes) else 0


def reason_of(reject: Reject) -> tuple[str, ...]:
    """Return what rejects have in common that are of one reason: their kind, their column wherever it stands in a list, and the rule."""
    return reject.table, PLACE.sub("[]", reject.column), reject.rule


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@dataclass(slots=True)
class Outcome:
    """What came of one batch; it counts only once the batch's transaction is committed."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    rejects: list[Reject] = field(default_factory=list[Reject])
    notes: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    uncredited: set[str] = field(default_factory=set[str])
    """Ids of the order lines that name a content and no creator."""
    written: bool = False

    def add(self, kind: str, outcome: str) -> None:
        """Count one row."""
        self.counts[kind, outcome] += 1

    @property
    def changes(self) -> Counter[str]:
        """How much was created and changed."""
        found = Counter[str]()
        for (_, outcome), times in self.counts.items():
            if outcome in CHANGES:
                found[outcome] += times
        return found

    def join(self, other: Outcome) -> None:
        """Add what came of other rows of the same batch."""
        self.counts += other.counts
        self.rejects += other.rejects
        self.notes += other.notes
        self.uncredited |= other.uncredited
        self.written |= other.written
