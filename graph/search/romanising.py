"""Names of any script in Latin letters, as somebody types them who has no other keyboard."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Protocol, cast

from anyascii import anyascii

from graph.search.folding import folded, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from janome.tokenizer import Tokenizer

HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々]")
KANA: Final = re.compile(r"[\u3041-\u3096]")
THAI_LEADING: Final = re.compile(r"([เแโใไ])([ก-ฮ])")
SMALL: Final = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
"""Small kana, which change the vowel of the syllable before them."""
ARABIC: Final = str.maketrans({"ا": "a", "ع": "a", "ذ": "z", "ظ": "z", "ض": "d", "ث": "th", "و": "o", "ي": "y"})
"""Letters that people write otherwise than scholars do."""

ARABIC_FEMININE: Final = re.compile(r"ه\b")
NOT_LATIN: Final = re.compile(r"[^a-z0-9 ]")


class Token(Protocol):
    """A word of the dictionary."""

    surface: str
    reading: str


@lru_cache(maxsize=4_096)
def romanised(text: str) -> tuple[str, ...]:
    """Return the readings of a folded text in Latin letters, words parted by blanks; of Han both that in Chinese and that in Japanese."""
    readings = [_latin(text)]
    if HAN.search(text):
        readings.append(_latin(_kana_of(text)))
    return tuple(dict.fromkeys(each for each in readings if each))


def _latin(text: str) -> str:
    ordered = ARABIC_FEMININE.sub("a", THAI_LEADING.sub(r"\2\1", text).translate(ARABIC))
    return " ".join(filter(None, (NOT_LATIN.sub("", folded(anyascii(_hepburn(each)))) for each in words(ordered))))


def _hepburn(text: str) -> str:
    """Return a text with its kana in Hepburn's letters: しゃ is `sha`, not `shiya`."""
    if not KANA.search(text):
        return text
    parts: list[str] = []
    for character in text:
        glide, before = SMALL.get(character), parts[-1] if parts else ""
        if glide is None or not before or not before[-1:].isascii():
            parts.append("っ" if character == "っ" else anyascii(character) if KANA.match(character) else character)
        else:
            hard = glide[0] == "y" and before.startswith(("sh", "ch", "j"))
            parts[-1] = before[:-1] + (glide[1:] if hard else glide)
    return re.sub(r"っ+(.?)", lambda found: found[1] * 2 if found[1].isascii() else found[1], "".join(parts))


def _kana_of(text: str) -> str:
    """Return a text with its kanji by their readings; characters that are in no Japanese word stay as they are."""
    tokens = cast("Iterator[Token]", _dictionary().tokenize(text))
    return folded("".join(token.surface if token.reading == "*" else token.reading for token in tokens))


@cache
def _dictionary() -> Tokenizer:
    """Return the dictionary of Japanese words, which is loaded when the first kanji come: it takes 0.2 s and 60 MB."""
    from janome.tokenizer import Tokenizer

    return Tokenizer()


SOUNDS: Final = (
    (re.compile(r"ti(?=on)|t(?=ur)|c(?=[eiy])|sch|tch|[scz]h|[zjx]"), "s"),
    (re.compile(r"ph|[bfv]"), "p"),
    (re.compile(r"ng(?![aeiou])"), "n"),
    (re.compile(r"n(?=[pm])"), "m"),
    (re.compile(r"ck|[cgkq]"), "k"),
    (re.compile(r"d"), "t"),
    (re.compile(r"l"), "r"),
    (re.compile(r"[aeiouyhw]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
"""From letters to the classes of consonants that languages keep apart least: l and r, b, p and f, s, z, j and sh; ng is n."""


@lru_cache(maxsize=16_384)
def sounds(word: str) -> str:
    """Return the consonants of a Latin word by class: `moisturizing` and a Thai spelling of it are both `msrsn`."""
    for pattern, becomes in SOUNDS:
        word = pattern.sub(becomes, word)
    return word
