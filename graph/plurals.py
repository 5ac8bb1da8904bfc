"""Singular and plural of a word, both ways, without a dictionary: by the endings that European languages add or swap."""

from __future__ import annotations

from typing import Final

ADDED: Final = ("s", "es", "n", "en", "x")
"""Endings that make a plural of a word: bag, dress, Tasche, Uhr, chapeau."""

SWAPPED: Final = (("y", "ies"), ("f", "ves"), ("fe", "ves"), ("a", "e"), ("o", "i"), ("e", "i"), ("ão", "ões"), ("al", "aux"), ("l", "is"))
"""Endings of one number and of the other: berry, scarf, knife, borsa, libro, scarpe, botão, cheval, animal."""

SHORTEST: Final = 3


def forms(word: str) -> list[str]:
    """Return a word, in small letters, with what may be its singulars and plurals; most of these are no words, and match nothing."""
    found = [word, *(word.removesuffix(end) for end in ADDED if word.endswith(end)), *(word + end for end in ADDED)]
    for one, other in (*SWAPPED, *((plural, singular) for singular, plural in SWAPPED)):
        if word.endswith(one):
            found.append(word.removesuffix(one) + other)
    return [each for each in dict.fromkeys(found) if each == word or len(each) >= SHORTEST]


def contained(text: str) -> list[str]:
    """Return what a text that is sought within others may be cut to, so that its last word is found in both numbers."""
    head, last = text[: len(text) - len(text.split(" ")[-1])], text.split(" ")[-1]
    found = forms(last)
    return [head + each for each in found if not any(other != each and other in each for other in found)]
