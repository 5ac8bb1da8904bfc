"""What has been observed of one node: for every field its newest value and the age of that observation.

Merging two registers keeps the newer entry of each key, so any order and any repetition of the same
observations ends in the same register. What is *replaced whole* (an order's line, a collaboration) has one key per
part that tells of it, and the part's fields as the value.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, cast

import orjson

from graph.rows import undated

Register = dict[str, tuple[str, Any]]
"""Key → (age as text, value). Keys are property names and the columns of references."""

UNKNOWN_REGION: Final = "ZZ"

NEVER: Final = "0"
"""The age of what is true however late it was observed."""

FIRST_SEEN: Final = "firstSeenAt"
"""The key of the time at which something was first known: the earliest of all that sources say, 0 where one is undated."""

SELECTED: Final = "selected"
"""The key that tells that nobody has listed a content with all others of its creator: once somebody has, that stays."""

TIMELESS: Final = frozenset({FIRST_SEEN, SELECTED})
"""Keys whose entries have no age."""

SECOND: Final = "@"
"""How the key begins under which a whole keeps the state that it was seen in at some second."""

COUNT: Final = "#"
"""How the key begins under which a whole keeps the number of posts that was known of it at some second."""

OF_PRODUCT: Final = "product:"
"""How the name of a part begins that tells of one product of several; such parts are added up."""

OF_PROGRAMME: Final = "programme:"
"""How the name of a part begins that is one fact of the whole programme."""

BY_NAME: Final = "name:"
"""How the id of a brand begins that is only known by name."""


def merged(one: Register, other: Register) -> Register:
    """Return what both know; `one` itself where `other` adds nothing."""
    gained = {key: entry for key, entry in other.items() if key not in one or _later(key, entry, one[key])}
    return {**one, **gained} if gained else one


def _later(key: str, entry: tuple[str, Any], than: tuple[str, Any]) -> bool:
    """Tell whether `entry`, which came after the other, wins.

    A brand by id wins over one by name whatever the ages; of what says no time the last counts, and other equal ages go by value.
    """
    if key == FIRST_SEEN:
        return entry[1] < than[1]
    if key == SELECTED:
        return bool(than[1]) and not entry[1]
    if key == "region" and UNKNOWN_REGION in (entry[1], than[1]):
        return entry[1] != than[1] and than[1] == UNKNOWN_REGION
    if key == "brand_id" and _named(entry) != _named(than):
        return _named(than)
    if undated(entry[0], than[0]):
        return entry[1] != than[1]
    return entry[0] > than[0] or (entry[0] == than[0] and entry[1] != than[1] and dumped(entry[1]) > dumped(than[1]))


def _named(entry: tuple[str, Any]) -> bool:
    return str(entry[1]).startswith(BY_NAME)


def overlaid(register: Register) -> dict[str, Any]:
    """Return the fields that the parts of a register tell together, later parts over earlier ones, and its history."""
    fields: dict[str, Any] = {}
    united: dict[str, list[str]] = {}
    for part, (_, told) in sorted(register.items(), key=lambda entry: (entry[1][0], entry[0])):
        if not is_part(part):
            continue
        fields |= told
        if part.startswith(OF_PRODUCT):
            united = _united(united, told)
            fields |= united
    seen, counted = _by_second(register, SECOND), _by_second(register, COUNT)
    fields |= {"seenAt": list(seen), "statuses": list(seen.values())} if seen else {}
    fields |= {"countedAt": list(counted), "contentCounts": list(counted.values())} if counted else {}
    return fields | ({FIRST_SEEN: register[FIRST_SEEN][1]} if FIRST_SEEN in register else {})


def is_part(key: str) -> bool:
    """Tell whether a key of a whole's register holds the fields of a part, not a state, a count or the first sight."""
    return key != FIRST_SEEN and not key.startswith((SECOND, COUNT))


def _by_second(register: Register, head: str) -> dict[int, Any]:
    """Return what keys that begin with `head` tell, by second, in order."""
    return dict(sorted((int(key[1:]), value) for key, (_, value) in register.items() if key.startswith(head)))


def _united(lists: dict[str, list[str]], told: dict[str, Any]) -> dict[str, list[str]]:
    """Return the lists of references with those that a part tells."""
    more = {name: cast("list[str]", value) for name, value in told.items() if isinstance(value, list)}
    return lists | {name: sorted({*lists.get(name, []), *value}) for name, value in more.items()}


def history(times: Iterable[int], statuses: Iterable[str], age: str) -> Register:
    """Return the states in which a whole was seen, as keys of its register."""
    return {f"{SECOND}{second}": (age, status) for second, status in zip(times, statuses, strict=False)}


def counts(times: Iterable[int], numbers: Iterable[int], age: str) -> Register:
    """Return the numbers of posts that were known of a whole, as keys of its register."""
    return {f"{COUNT}{second}": (age, number) for second, number in zip(times, numbers, strict=False)}


def told_at(register: Register, field: str) -> int:
    """Return when the newest part that has `field` was observed; 0 where none has."""
    ages = [age for part, (age, told) in register.items() if is_part(part) and field in told]
    return observed_at(max(ages)) if ages else 0


def observed_at(age: str) -> int:
    """Return the time at the head of an age's text."""
    return int(age.partition(" ")[0])


def ages(register: Register) -> dict[str, Any]:
    """Return the ages as two hidden properties: the newest, and the keys that are older than it."""
    timed = {key: age for key, (age, _) in register.items() if key not in TIMELESS}
    newest = max(timed.values(), default=NEVER)
    older = sorted(f"{key} {age}" for key, age in timed.items() if age != newest)
    return {"_age": newest, "_older": older or None}


def aged(fields: dict[str, Any], *, newest: str, older: list[str]) -> Register:
    """Return the register that `ages` and the fields' values were made of."""
    parted = dict(entry.split(" ", 1) for entry in older)
    return {key: (NEVER if key in TIMELESS else parted.get(key, newest), value) for key, value in fields.items()}


def dumped(value: Any) -> str:
    """Return a value as JSON that is the same for the same value."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def loaded(text: str) -> Register:
    """Return the register that `dumped` wrote."""
    return {key: (age, value) for key, (age, value) in orjson.loads(text).items()}
