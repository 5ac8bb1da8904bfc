"""User names of creators."""

from __future__ import annotations

import unicodedata

from graph.sources.faults import BadValue
from graph.sources.identifiers import INVISIBLE, check_name


def handle(text: str | None) -> str | None:
    """Return a user name as it is kept: trimmed, without a leading `@`; None where nothing is left.

    BadValue for a word that stands for a missing name, such as `null`.
    """
    name = (text or "").strip().strip(INVISIBLE).strip().lstrip("@").strip()
    if name:
        check_name(name)
    return name or None


def compared(name: str) -> str:
    """Return a name as it is compared, and as it is kept where it serves as an id: trimmed, without `@`, NFKC, case-folded."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).strip().removeprefix("@").strip().casefold())


def user_name_as_id(text: str) -> BadValue:
    """Return the fault of a user name in the place of an id that is not written as it is compared."""
    rule = "a user name that serves as an id is written in lower case and without @, here and in every column that refers to it"
    return BadValue(text, rule, f"write {compared(text)}, or import through a mapping with `handle = true`")
