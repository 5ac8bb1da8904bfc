"""How alike a query and a name are, 0–1: as wholes, in part, by sound; and how far a description holds the query's words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from graph.plans.values import split_id
from graph.search.folding import folded, valid, words
from graph.search.romanising import sounds
from graph.search.terms import LEAST_SOUNDS, LONGEST_TEXT, NAMES, forms_of, sounds_of

REORDERED: Final = 0.97
BEGINNING: Final = 0.93
WITHIN: Final = 0.9
BY_SOUND: Final = 0.7
IN_TEXT: Final = 0.75
"""Of a whole match: words in another order, a beginning, a part, a name that sounds the same, words of a description."""

ALIKE: Final = 0.7
"""From here on two names sound alike."""

LEAST_LETTERS: Final = 3
"""A shorter query is not looked for within words: it is in too many."""

LEAST_TO_ERR: Final = 4
"""A shorter query in Latin letters is taken as it is within a longer name: two of three letters are in two thirds of all names."""

SAME_WORD: Final = 80.0
"""From here on a word of a description is taken for one of the query's, in percent."""

Floats = NDArray[np.float64]


class Sought(NamedTuple):
    """A query: its text, an id without the kind that heads a global one; its forms as they are compared; and how they sound."""

    text: str
    forms: tuple[str, ...]
    sounds: tuple[str, ...]

    @property
    def wholes(self) -> list[str]:
        """How the whole query sounds, in each of its readings."""
        return [heard for form in self.forms if form.isascii() and len(heard := sounds(form.replace(" ", ""))) >= LEAST_SOUNDS]

    @classmethod
    def of(cls, text: str) -> Sought:
        """Return the query for a text; it has no form where the text has neither letter nor digit."""
        whole = valid(text).strip()
        kind, own = split_id(whole)
        plain = own if kind in NAMES else whole
        forms = forms_of(plain)
        return cls(plain, tuple(forms), tuple(sounds_of(forms)))


class Named(NamedTuple):
    """What is compared with a query: the forms of a node's names, how they sound, and its description."""

    forms: Sequence[str]
    sounds: Sequence[str]
    text: str | None = None


def similarities(sought: Sought, of: Sequence[Named]) -> Floats:
    """Return for each node how alike it is to what is sought: 1 for the same name, in whatever script or case."""
    if not of:
        return np.empty(0)
    written = _written(sought, [each.forms for each in of])
    heard = np.maximum(_sounding(sought, [each.sounds for each in of]), [_heard(sought, each.sounds) for each in of])
    text = np.array([_in_text(sought, each.text) for each in of])
    return np.maximum.reduce([written, np.where(heard >= ALIKE, heard * (BY_SOUND + (1 - BY_SOUND) * written), 0.0), IN_TEXT * text])


def _written(sought: Sought, forms: Sequence[Sequence[str]]) -> Floats:
    names = list(chain.from_iterable(forms))
    joined = [each.replace(" ", "") for each in names]
    length = np.array([len(each) for each in joined], dtype=np.float64)
    best = np.zeros(len(names))
    for form in sought.forms:
        whole = form.replace(" ", "")
        ways = [
            cdist([whole], joined, scorer=fuzz.ratio)[0] / 100,
            cdist([form], names, scorer=fuzz.token_sort_ratio)[0] / 100 * REORDERED,
            np.array([each.startswith(whole) for each in joined]) * BEGINNING,
            np.array([f" {form}" in f" {each}" for each in names]) * WITHIN,
        ]
        if len(whole) >= (LEAST_TO_ERR if whole.isascii() else LEAST_LETTERS):
            ways.append(cdist([whole], joined, scorer=fuzz.partial_ratio)[0] / 100 * WITHIN * np.minimum(1.0, length / len(whole)))
        elif len(whole) >= LEAST_LETTERS or not whole.isascii():
            ways.append(np.array([whole in each for each in joined]) * WITHIN)
        best = np.maximum(best, np.maximum.reduce(ways))
    return _by_owner(best, forms)


def _sounding(sought: Sought, heard: Sequence[Sequence[str]]) -> Floats:
    """Return how alike names sound to the whole query."""
    every = list(chain.from_iterable(heard))
    best = np.zeros(len(every))
    for whole in sought.wholes:
        best = np.maximum(best, cdist([whole], every, scorer=fuzz.ratio)[0] / 100)
    return _by_owner(best, heard)


def _by_owner(values: Floats, parts: Sequence[Sequence[str]]) -> Floats:
    """Return the largest value among each owner's parts; 0 where there are none."""
    found = np.zeros(len(parts))
    np.maximum.at(found, np.repeat(np.arange(len(parts)), [len(each) for each in parts]), values)
    return found


def _heard(sought: Sought, sounds: Sequence[str]) -> float:
    """Return the share of a query's sounds that a node's names have."""
    return sum(each in sounds for each in sought.sounds) / len(sought.sounds) if sought.sounds else 0.0


def _in_text(sought: Sought, text: str | None) -> float:
    """Return the share of a query's words that a description holds, in the best of its forms."""
    if not text:
        return 0.0
    whole = " ".join(words(folded(text[:LONGEST_TEXT])))
    spoken = set(whole.split())
    shares = [sum(_holds(whole, spoken, word) for word in form.split()) / len(form.split()) for form in sought.forms]
    return max(shares, default=0.0)


def _holds(text: str, spoken: set[str], word: str) -> float:
    if word in spoken:
        return 1.0
    if len(word) <= LEAST_LETTERS and word.isascii():
        return 0.0
    alike = fuzz.partial_ratio(word, text, score_cutoff=SAME_WORD) / 100
    return alike if len(text) >= len(word) else 0.0
