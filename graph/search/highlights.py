"""Which parts of a text match a query: pieces that make up the text again, each matched or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from graph.search.folding import APART, WORD, letters
from graph.search.romanising import romanised, sounds
from graph.search.similarity import Sought
from graph.search.terms import LEAST_SOUNDS

SAME_WORD: Final = 75.0
SAME_PART: Final = 80.0
LONGEST: Final = 300
"""Characters that are shown of a text; a longer one is cut where its first match is."""


class Piece(NamedTuple):
    """A part of a text."""

    text: str
    matched: bool


def pieces(sought: Sought, text: str) -> list[Piece]:
    """Return a text in pieces; none where nothing in it matches. The pieces of an uncut text join to the text itself."""
    spans = _joined(sorted(_spans(sought, text)))
    if not spans:
        return []
    start = max(0, spans[0][0] - LONGEST // 3) if len(text) > LONGEST else 0
    return list(_cut(text, spans, start, start + LONGEST))


def _cut(text: str, spans: Iterable[tuple[int, int]], start: int, end: int) -> Iterator[Piece]:
    at = start
    for first, last in spans:
        for until, matched in ((first, False), (last, True)):
            if at < (until := min(until, end)):
                yield Piece(text[at:until], matched)
                at = until
    if text[at:end]:
        yield Piece(text[at:end], matched=False)


def _spans(sought: Sought, text: str) -> Iterator[tuple[int, int]]:
    """Yield where words, or parts of runs without blanks, are those of the query, as places of the text."""
    plain, places = letters(text)
    wanted = list(dict.fromkeys(word for form in sought.forms for word in (*form.split(), form.replace(" ", ""))))
    for found in WORD.finditer(plain):
        if (span := _in_word(sought, wanted, found[0])) is not None:
            yield places[found.start() + span[0]], _end(text, places, found.start() + span[1])


def _in_word(sought: Sought, wanted: Sequence[str], word: str) -> tuple[int, int] | None:
    """Return the part of a word that is one of the query's: as written, else the whole word where it reads or sounds so."""
    best, span = 0.0, None
    for each in wanted:
        part = fuzz.partial_ratio_alignment(each, word, score_cutoff=SAME_PART) if _within(each, word) else None
        whole = fuzz.ratio(each, word, score_cutoff=SAME_WORD)
        if whole >= SAME_WORD and whole > best:
            best, span = whole, (0, len(word))
        if part is not None and part.score * 0.95 > best and part.dest_end > part.dest_start:
            best, span = part.score * 0.95, (part.dest_start, part.dest_end)
    return span or ((0, len(word)) if _read_so(sought, wanted, word) else None)


def _within(wanted: str, word: str) -> bool:
    return len(wanted) + 1 < len(word) and (len(wanted) > 2 or APART.match(wanted) is not None)


def _read_so(sought: Sought, wanted: Sequence[str], word: str) -> bool:
    """Tell whether a word reads or sounds like one of the query's."""
    for reading in romanised(word):
        for each in reading.split():
            if any(len(one) > 2 and fuzz.partial_ratio(one, each) >= SAME_PART and len(one) <= len(each) + 1 for one in wanted):
                return True
            if len(heard := sounds(each)) >= LEAST_SOUNDS and heard in sought.sounds:
                return True
    return False


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for first, last in spans:
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def _end(text: str, places: Sequence[int], after: int) -> int:
    """Return the place behind a letter of the folded text: marks that were dropped belong to the letter before them."""
    return places[after] if after < len(places) else len(text)
