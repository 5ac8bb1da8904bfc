"""A test set for search: names of creators made of word lists in seven languages, and what somebody types who looks for one.

The lists (`search_words.tsv`) are our own: some fifty words a language, of persons (`who`), trades (`what`) and shops (`how`), each
beside the way in which people write it in Latin letters. A name is two or three of them in an order that the language has, so that
many names share all but one word: harder than real ones, which share less. A query is the name with one typing error, or the name in
Latin letters, without and with an error. Errors are a letter too much, too few, another one (of those in the language's names) or two
letters exchanged, anywhere in the name.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple

WORDS: Final = Path(__file__).with_name("search_words.tsv")
JOINED: Final = frozenset({"th", "ja", "zh"})
"""Languages that put no blanks between words."""

PATTERNS: Final = (("who", "what"), ("who", "how"), ("what", "who"), ("who", "what", "how"), ("what", "how", "who"))
REGIONS: Final = {"th": "TH", "vi": "VN", "id": "ID", "en": "US", "ja": "JP", "zh": "CN", "ar": "SA"}
LANGUAGES: Final = tuple(REGIONS)


class Name(NamedTuple):
    """A creator's name, and the same in Latin letters as people type it."""

    language: str
    text: str
    latin: str


class Query(NamedTuple):
    """What is typed by somebody who looks for a name; `way` is how it differs."""

    way: str
    text: str
    name: Name


WAYS: Final = ("typing error", "Latin letters", "Latin letters, typing error")


def names(language: str, count: int) -> list[Name]:
    """Return different names of a language, the same each time."""
    made = {each.text: each for each in _all(language)}
    chosen = sorted(made.values())
    random.Random(f"names {language}").shuffle(chosen)
    return chosen[:count]


def queries(of: Sequence[Name], count: int) -> list[Query]:
    """Return as many queries of each way for names of one language, the same each time."""
    language = of[0].language
    chance = random.Random(f"queries {language}")
    letters = sorted({letter for each in of for letter in each.text if letter != " "})
    latin = "abcdefghijklmnopqrstuvwxyz"
    found: list[Query] = []
    for name in chance.sample(list(of), min(count, len(of))):
        found.append(Query(WAYS[0], mistyped(name.text, letters, chance), name))
        if name.text.lower() != name.latin.lower():
            found += [Query(WAYS[1], name.latin, name), Query(WAYS[2], mistyped(name.latin, latin, chance), name)]
    return found


def mistyped(text: str, letters: Sequence[str], chance: random.Random) -> str:
    """Return a text with one typing error."""
    while True:
        place = chance.choice([at for at, letter in enumerate(text) if letter != " "])
        before, letter, after = text[:place], text[place], text[place + 1 :]
        error = chance.randrange(4)
        if error == 0:
            changed = before + after
        elif error == 1:
            changed = before + chance.choice(letters) + after
        elif error == 2:
            changed = before + letter + chance.choice(letters) + after
        else:
            changed = before + after[:1] + letter + after[1:] if after[:1].strip() else text
        if changed != text:
            return changed


def _all(language: str) -> Iterator[Name]:
    parts = _parts(language)
    for pattern in PATTERNS:
        for words in product(*(parts[part] for part in pattern)):
            text = ("" if language in JOINED else " ").join(word for word, _ in words)
            yield Name(language, text, " ".join(latin for _, latin in words))


def _parts(language: str) -> dict[str, list[tuple[str, str]]]:
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["language"] == language]
    return {part: [(row["word"], row["latin"]) for row in rows if row["part"] == part] for part in ("who", "what", "how")}
