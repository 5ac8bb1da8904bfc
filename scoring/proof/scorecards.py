"""Digests of scorecards: what a creator's signature is of."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring.proof.digests import canonical, float_bytes
from scoring.tables import Bools, Floats, Ints, Objects

END: Final = b"\0"
HASH: Final = "sha256"


@dataclass(frozen=True)
class RatedRows:
    """Scorecards with the facts behind them: arrays [rows], [rows × scores] and [rows × facts].

    NaN, "" and NaN stand for no value, no basis or reason, and an unknown fact. `open_facts` everyone may see who sees
    the explanation, `sealed_facts` only who sees exact sales; where they are `withheld` their place holds NaN.
    """

    creator: NDArray[Any]
    region: NDArray[Any]
    window: Ints
    category: NDArray[Any]
    value: Floats
    low: Floats
    high: Floats
    evidence: Ints
    basis: Objects
    reason: Objects
    open_facts: Floats
    sealed_facts: Floats
    withheld: Bools

    def __len__(self) -> int:
        return len(self.creator)

    def at(self, rows: Any) -> "RatedRows":
        """Return some of the rows."""
        return RatedRows(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})


def seal(secret: bytes, key: tuple[str, int, str], sealed: Floats) -> tuple[bytes, bytes]:
    """Return a scorecard's salt, and the seal of its sealed facts: a digest that tells nothing of them without the salt.

    The salt follows from the run's secret and the key (creator, window, category), so that only the secret is stored.
    """
    salt = hmac.digest(secret, canonical(list(key)), HASH)
    return salt, hmac.digest(salt, float_bytes(sealed), HASH)


def seals(secret: bytes, rows: RatedRows) -> list[bytes]:
    """Return the seal of every scorecard under a run's secret."""
    keys = zip(rows.creator.tolist(), rows.window.tolist(), rows.category.tolist(), strict=True)
    return seals_of([hmac.digest(secret, canonical(list(key)), HASH) for key in keys], rows.sealed_facts)


def seals_of(salts: Sequence[bytes], sealed: Floats) -> list[bytes]:
    """Return the seals of sealed facts [rows × facts], each under its salt."""
    text, width = float_bytes(sealed), 8 * sealed.shape[1]
    return [hmac.digest(salt, text[row * width : (row + 1) * width], HASH) for row, salt in enumerate(salts)]


def card_digests(rows: RatedRows, sealed: Sequence[bytes]) -> list[bytes]:
    """Return the digest of each scorecard: who, where and why in words, then numbers, then the seal."""
    numbers = [float_bytes(part) for part in (rows.value, rows.low, rows.high, rows.evidence.astype(np.float64), rows.open_facts)]
    widths = [len(part) // max(len(rows), 1) for part in numbers]
    groups = zip(rows.creator.tolist(), rows.region.tolist(), rows.window.tolist(), rows.category.tolist(), strict=True)
    found: list[bytes] = []
    for row, (place, bases, reasons) in enumerate(zip(groups, rows.basis.tolist(), rows.reason.tolist(), strict=True)):
        whole = hashlib.sha256(canonical([*place, bases, reasons]) + END)
        for part, width in zip(numbers, widths, strict=True):
            whole.update(part[row * width : (row + 1) * width])
        whole.update(sealed[row])
        found.append(whole.digest())
    return found


def creator_digests(rows: RatedRows, cards: list[bytes]) -> dict[str, str]:
    """Return for each creator the digest of all their scorecards, in the order of window and category."""
    creators, windows, categories = rows.creator.tolist(), rows.window.tolist(), rows.category.tolist()
    whole: dict[str, Any] = {}
    for row in sorted(range(len(rows)), key=lambda at: (creators[at], windows[at], categories[at])):
        whole.setdefault(creators[row], hashlib.sha256()).update(cards[row])
    return {creator: each.hexdigest() for creator, each in whole.items()}
