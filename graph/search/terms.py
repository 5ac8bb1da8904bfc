"""What a text is found by: its words, parts of them, words with a letter left out, and how they sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from graph.search.folding import APART, folded, words
from graph.search.romanising import romanised, sounds

LONGEST: Final = 200
"""Characters of a name or query that are looked at."""

LONGEST_TEXT: Final = 1_000
"""Characters of a creator's own description that are looked at."""

LONGEST_WORD: Final = 40
SHORT_WORD: Final = 7
"""Up to so many letters one wrong letter leaves too few parts alone, so that words are found by those with one letter less, too."""

LEAST_SOUNDS: Final = 3

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "Creator": ("handle", "nickname"),
    "Brand": ("name",),
    "Product": ("title",),
    "Category": ("name",),
}
"""Kinds of nodes that are searched, and the properties that hold their names."""

FORMS: Final = "_searchForms"
SOUNDS: Final = "_searchSounds"
TERMS: Final = "_searchTerms"
PROPERTIES: Final = (FORMS, SOUNDS, TERMS)

WHOLE, WORD, LESS, SOUND, SOUNDING, TEXT, REGION = "A", "W", "D", "S", "P", "B", "R"
"""What heads a term of each sort; parts as written have no head, parts as they sound have `P`.

Folded text has no capitals, so that none is taken for another."""


def searchable(label: str, key: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties by which a node is found, by its names and its id; none for kinds that are not searched, and without a name."""
    forms = list(dict.fromkeys(chain.from_iterable(forms_of(each) for each in names_of(label, properties))))
    if not forms:
        return {}
    heard = sounds_of(forms)
    found = {
        WHOLE + "".join(words(folded(key)))[:LONGEST_WORD],
        *chain.from_iterable(map(terms_of, forms)),
        *_terms_of_text(properties.get("bio")),
    }
    if region := properties.get("region"):
        found.add(REGION + region)
    return {FORMS: forms, **({SOUNDS: heard} if heard else {}), TERMS: " ".join(sorted(found))}


def names_of(label: str, properties: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of a node; a category's in every region, whether they are listed or kept apart by region."""
    for name in NAMES.get(label, ()):
        if value := properties.get(name):
            yield value
    if label == "Category":
        yield from properties.get("regionNames") or ()
        yield from (value for name, value in sorted(properties.items()) if name.startswith("name@") and value)


def forms_of(name: str) -> list[str]:
    """Return a name as it is compared: folded, and as it reads in Latin letters; words are parted by single blanks."""
    text = " ".join(words(folded(name[:LONGEST])))
    return list(dict.fromkeys((text, *romanised(text)))) if text else []


def sounds_of(forms: Iterable[str]) -> list[str]:
    """Return how the words of Latin forms sound, and the whole forms, where that tells enough."""
    latin = (form for form in forms if form.isascii())
    heard = (sounds(each) for form in latin for each in (*form.split(), form.replace(" ", "")))
    return list(dict.fromkeys(each for each in heard if len(each) >= LEAST_SOUNDS))


def terms_of(form: str) -> Iterator[str]:
    """Yield the terms of one form."""
    if form.isascii():
        yield from (SOUND + each for each in sounds_of([form]))
        if len(whole := sounds(form.replace(" ", ""))) >= LEAST_SOUNDS:
            yield from (SOUNDING + each for each in _parts(whole))
    yield WHOLE + form.replace(" ", "")[:LONGEST_WORD]
    for word in form.split():
        yield WORD + word[:LONGEST_WORD]
        for run in _runs(word):
            yield from _parts(run)
            if len(run) <= SHORT_WORD:
                yield from (LESS + each for each in _less(run))


def _runs(word: str) -> list[str]:
    """Return the parts of a word that are of scripts with blanks between words, and of those without."""
    runs: list[str] = []
    kind = None
    for character in word:
        apart = APART.match(character) is not None
        if apart is kind:
            runs[-1] += character
        else:
            runs.append(character)
        kind = apart
    return runs


def _parts(run: str) -> Iterator[str]:
    """Yield three letters after another, of scripts without blanks two, ends marked by `_`."""
    size, padded = (2 if APART.match(run) else 3), f"_{run}_"
    yield from (padded[at : at + size] for at in range(max(len(padded) - size + 1, 1)))


def _less(run: str) -> set[str]:
    """Return a run, and it without each of its letters."""
    shorter = {run[:at] + run[at + 1 :] for at in range(len(run))} if len(run) > 2 else set[str]()
    return {run, *shorter}


def _terms_of_text(text: str | None) -> Iterator[str]:
    """Yield the terms of a description: whole words, how they sound, and pairs of letters of scripts without blanks."""
    for word in words(folded(text[:LONGEST_TEXT])) if text else ():
        for run in _runs(word):
            if APART.match(run):
                yield from (TEXT + each for each in _parts(run))
            else:
                yield TEXT + run[:LONGEST_WORD]
                if run.isascii() and len(heard := sounds(run)) >= LEAST_SOUNDS:
                    yield TEXT + SOUND + heard


WEIGHTS: Final[Mapping[str, int]] = {WHOLE: 6, WORD: 3, LESS: 2, SOUND: 2}
MOST_TERMS: Final = 240
"""Terms of one query; the index takes 1,024."""


def lucene(forms: Sequence[str], *, regions: Sequence[str] | None) -> str:
    """Return the query of the index for the forms of what is searched, within regions where any are given.

    Terms are letters and digits with `_`, so none means anything to the index but the star of a beginning.
    """
    terms = dict.fromkeys(chain.from_iterable(map(terms_of, forms)))
    text = [TEXT + each for form in forms for each in _terms_in_text(form)]
    weighed = [f"{each}^{WEIGHTS.get(each[0], 1)}" for each in dict.fromkeys([*text, *list(terms)[:MOST_TERMS]])]
    begins = [f"{WHOLE}{joined}*^4" for form in forms if len(joined := form.replace(" ", "")[:LONGEST_WORD]) > 1]
    within = f"+({' '.join(f'{REGION}{each}^0' for each in regions)}) " if regions is not None else ""
    return f"{within}+({' '.join([*begins, *weighed])})"


def _terms_in_text(form: str) -> Iterator[str]:
    return (each.removeprefix(TEXT) for each in _terms_of_text(form))
