"""Texts within XML, whatever they hold: what XML 1.0 has no way to write stands as `_xHHHH_`, as spreadsheets have it.

A text that holds such a mark itself gets its underscore marked (`_x005F_`), so that nothing is lost.
"""

from __future__ import annotations

import re
from typing import Final

UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4})")
MARK: Final = re.compile("_x([0-9A-Fa-f]{4})_")

IN_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
IN_ATTRIBUTE: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"},
)


def text(value: str) -> str:
    """Return a text as an element holds it."""
    return marked(value).translate(IN_TEXT)


def attribute(value: str) -> str:
    """Return a text as an attribute in double quotes holds it; line feeds and tabs stay what they are."""
    return marked(value).translate(IN_ATTRIBUTE)


def marked(value: str) -> str:
    """Return the text with marks for what XML cannot hold."""
    return UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", value)


def unmarked(value: str) -> str:
    """Return the text that `marked` was given."""
    return MARK.sub(lambda found: chr(int(found[1], 16)), value)
