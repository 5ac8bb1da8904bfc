"""Text as it is compared: without case, accents, tone marks and the other ways of writing one and the same letter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

DROPPED: Final = re.compile(
    "["
    "\u0300-\u036f"  # accents; Vietnamese tones
    "\u0591-\u05c7"  # Hebrew points
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"  # Arabic marks, and the stroke that lengthens a word
    "\u0e47-\u0e4e"  # Thai tones, silencers and shorteners; its vowels stay
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"  # joiners, directions, variants
    "\u30fc"  # the long vowel of katakana
    "]"
)
LETTERS: Final = str.maketrans(
    {
        **dict(zip("đðłøħŧæœþıſ", ("d", "d", "l", "o", "h", "t", "ae", "oe", "th", "i", "s"), strict=True)),
        **dict.fromkeys("ٱأإآ", "ا"),
        **{"ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ی": "ي"},
        **{chr(katakana): chr(katakana - 0x60) for katakana in range(0x30A1, 0x30F7)},
    }
)
WORD: Final = re.compile(r"(?:[^\W_]|[\u0900-\u0fff\u1000-\u109f\u1780-\u17ff])+")
"""Letters and digits; in the scripts of South and South-East Asia vowels are marks, so their blocks count whole."""

APART: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Scripts that put no blanks between words: Thai, Lao, Burmese, Khmer, kana, Han."""


@lru_cache(maxsize=4_096)
def folded(text: str) -> str:
    """Return a text in small letters without marks, composed.

    Katakana is read as hiragana, and a letter with a stroke as the letter.
    """
    small = unicodedata.normalize("NFKC", valid(text)).casefold().translate(LETTERS)
    bare = DROPPED.sub("", unicodedata.normalize("NFD", small))
    return unicodedata.normalize("NFC", bare).translate(LETTERS)


def valid(text: str) -> str:
    """Return a text without what is no character: a lone surrogate, which no database takes."""
    return text.encode("utf-8", "ignore").decode()


def words(text: str) -> list[str]:
    """Return the words of a folded text."""
    return WORD.findall(text)


def letters(text: str) -> tuple[str, list[int]]:
    """Return a text folded letter by letter, and for each letter of it the place in `text` that it comes from."""
    parts = [(each, place) for place, character in enumerate(text) for each in folded(character)]
    return "".join(each for each, _ in parts), [place for _, place in parts]
