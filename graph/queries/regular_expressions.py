"""How long a regular expression can take, as a bound on the steps of a backtracking matcher such as Java's.

An expression is read as a small language of its own: characters, classes, groups, alternatives, and repetitions of single
characters. What is not in it, such as a backreference, a look-around or a repeated alternative, has no bound here.

A matcher comes to each element as often as the elements before it can match in different ways (`ways`), and then takes
`steps`. A repetition that has to be followed by a character of which it can take none, or by the end, matches in one way only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

ANY: Final = frozenset(range(129))
"""Every character: those of ASCII by their numbers, and 128 for all others."""
OTHERS: Final = 128
NOTHING: Final[frozenset[int]] = frozenset()
MOST_REPEATED: Final = 1_000
LONGEST: Final = 1_000
DEEPEST: Final = 20

PIECE: Final = re.compile(
    r"""
    (?P<quoted>\\Q(?P<inside>.*?)(?:\\E|$))
    | (?P<edge>\\[bBAzZG]|[\^$])
    | (?P<escape>\\(?:[pP](?:\{\w+\}|\w)|x[0-9a-fA-F]{2}|[dDwWsShHvV]|[tnrfae]|[^0-9a-zA-Z]))
    | (?P<class>\[\^?\]?(?:\\.|[^\]\\])*\])
    | (?P<open>\((?:\?:|\?<[A-Za-z]\w*>)?(?!\?))
    | (?P<close>\))
    | (?P<or>\|)
    | (?P<times>(?:[*+?]|\{\d+(?:,\d*)?\})[+?]?)
    | (?P<character>[^\\\[\](){}*+?|])
    """,
    re.VERBOSE | re.DOTALL,
)
FLAGS: Final = re.compile(r"\(\?[imsu]+\)")


class Unbounded(Exception):
    """The expression holds something that no bound is known for."""


@dataclass(frozen=True, slots=True)
class Effort:
    """In how many ways a part can match from one place, and how many steps all of them take together."""

    ways: float
    steps: float


@dataclass(frozen=True, slots=True)
class _Element:
    """A character (`taken` are those that it can be), an edge (which takes none), or a group of alternatives, `low` to `high` times."""

    taken: frozenset[int] = frozenset()
    alternatives: tuple[tuple[_Element, ...], ...] = ()
    low: int = 1
    high: float = 1

    @property
    def fixed(self) -> bool:
        """Whether it is one character, once."""
        return bool(self.taken) and self.low == self.high == 1


END: Final = _Element()


def effort(pattern: str, length: int) -> Effort:
    """Return what it can take to match a whole text of at most `length` characters; Unbounded where that cannot be told."""
    flags = FLAGS.match(pattern)
    cased = not flags or not {"i", "u"} & set(flags.group())
    return _of_sequence(_Reader(pattern, flags.end() if flags else 0, cased=cased).whole(), length, END)


def _of_sequence(elements: tuple[_Element, ...], length: int, after: _Element | None) -> Effort:
    """Return the effort of elements one after the other; `after` is what follows them, None where that is not known."""
    ways, steps = 1.0, 1.0
    for at, element in enumerate(elements):
        following = elements[at + 1] if at + 1 < len(elements) else after
        one = _of_element(element, length, following)
        steps += ways * one.steps
        ways *= one.ways
    return Effort(ways, steps)


def _of_element(element: _Element, length: int, following: _Element | None) -> Effort:
    if not element.alternatives:
        return _of_repetition(element, element.taken, 1, length, following)
    if element.high > 1:
        (body,) = element.alternatives
        return _of_repetition(element, body[0].taken, len(body), length, following)
    parts = [_of_sequence(each, length, None) for each in element.alternatives]
    return Effort(sum(each.ways for each in parts) + (element.low == 0), sum(each.steps for each in parts) + 1)


def _of_repetition(element: _Element, first: frozenset[int], width: int, length: int, following: _Element | None) -> Effort:
    """Return the effort of a piece of `width` characters, of which the first is one of `first`, repeated as the element says."""
    most = min(element.high, length)
    steps = 1 + width * most
    if element.high == element.low or _decided(first, following):
        return Effort(1, steps)
    return Effort(most - min(element.low, most) + 1, steps)


def _decided(first: frozenset[int], following: _Element | None) -> bool:
    """Tell whether only one number of repetitions can be followed by what has to follow."""
    if following is END:
        return True
    return following is not None and bool(following.taken) and following.low > 0 and not first & following.taken


class _Mark(NamedTuple):
    kind: str
    text: str


class _Reader:
    """Reads an expression into elements."""

    def __init__(self, pattern: str, at: int, *, cased: bool) -> None:
        if len(pattern) > LONGEST:
            raise Unbounded
        self._cased, self._depth = cased, 0
        self._marks: list[_Mark] = []
        while at < len(pattern):
            match = PIECE.match(pattern, at)
            if match is None or match.end() == at:
                raise Unbounded
            inside = match["inside"]
            self._marks += [_Mark("character", each) for each in inside] if inside else [_Mark(str(match.lastgroup), match.group())]
            at = match.end()
        self._at = 0

    def whole(self) -> tuple[_Element, ...]:
        """Return the elements of the whole expression."""
        alternatives = self._alternatives()
        if self._at < len(self._marks):
            raise Unbounded
        return alternatives[0] if len(alternatives) == 1 else (_Element(alternatives=alternatives),)

    def _alternatives(self) -> tuple[tuple[_Element, ...], ...]:
        found: list[list[_Element]] = [[]]
        while self._at < len(self._marks) and self._marks[self._at].kind != "close":
            mark = self._marks[self._at]
            if mark.kind == "or":
                self._at += 1
                found.append([])
            else:
                found[-1].append(self._repeated(self._element()))
        return tuple(map(tuple, found))

    def _element(self) -> _Element:
        mark = self._marks[self._at]
        self._at += 1
        match mark.kind:
            case "open":
                self._depth += 1
                if self._depth > DEEPEST:
                    raise Unbounded
                alternatives = self._alternatives()
                if self._at >= len(self._marks):
                    raise Unbounded
                self._at, self._depth = self._at + 1, self._depth - 1
                return _Element(alternatives=alternatives)
            case "edge":
                return _Element()
            case "character" | "escape" | "class":
                return _Element(taken=self._taken(mark))
            case _:
                raise Unbounded

    def _repeated(self, element: _Element) -> _Element:
        """Return the element with the repetition that follows it; Unbounded where what repeats has a choice of its own."""
        if self._at >= len(self._marks) or self._marks[self._at].kind != "times":
            return element
        low, high = _times(self._marks[self._at].text)
        self._at += 1
        if not element.taken and not element.alternatives:
            raise Unbounded
        if high > 1 and element.alternatives:
            (body, *others) = element.alternatives
            if others or not body or not all(each.fixed for each in body):
                raise Unbounded
        return _Element(element.taken, element.alternatives, low, high)

    def _taken(self, mark: _Mark) -> frozenset[int]:
        found = (
            _of_class(mark.text) if mark.kind == "class" else _of_escape(mark.text) if mark.kind == "escape" else _of_character(mark.text)
        )
        return found if self._cased else _uncased(found)


def _times(text: str) -> tuple[int, float]:
    known = {"*": (0, float("inf")), "+": (1, float("inf")), "?": (0, 1)}
    if text[0] in known:
        return known[text[0]]
    low, comma, high = text.rstrip("+?")[1:-1].partition(",")
    if max(int(low), int(high or 0)) > MOST_REPEATED:
        raise Unbounded
    return int(low), int(high) if high else float("inf") if comma else int(low)


def _of_character(text: str) -> frozenset[int]:
    return ANY if text == "." else frozenset({min(ord(text), OTHERS)})


DIGITS: Final = frozenset(map(ord, "0123456789"))
LETTERS: Final = frozenset(each for each in range(128) if chr(each).isalpha())
WORD: Final = DIGITS | LETTERS | {ord("_")}
SPACE: Final = frozenset(map(ord, " \t\n\v\f\r"))
SHORT: Final = {"d": DIGITS, "w": WORD, "s": SPACE, "D": ANY - DIGITS, "W": ANY - WORD, "S": ANY - SPACE}
CONTROL: Final = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "a": "\a", "e": "\x1b"}


def _of_escape(text: str) -> frozenset[int]:
    """Return what an escape can be; every character where it is not one of a few."""
    name = text[1]
    if name in SHORT:
        return SHORT[name]
    if name == "x":
        return frozenset({min(int(text[2:], 16), OTHERS)})
    if name in CONTROL:
        return frozenset({ord(CONTROL[name])})
    return ANY if name.isalnum() else frozenset({min(ord(name), OTHERS)})


CLASS_PIECE: Final = re.compile(r"(\\.|[^\\])(?:-(\\.|[^\\\]]))?", re.DOTALL)


def _of_class(text: str) -> frozenset[int]:
    """Return what a class can be, every character where it holds rare escapes; Unbounded where a class may stand within it."""
    inner = text[1:-1].removeprefix("^")
    if "[" in inner or "&&" in inner or inner.startswith("]"):
        raise Unbounded
    found: set[int] = set()
    for match in CLASS_PIECE.finditer(inner):
        first, last = match[1], match[2]
        if (len(first) > 1 and first[1] in "pPxuc0QE") or (last and len(last) > 1):
            return ANY
        if last:
            found.update(range(min(ord(first[-1]), OTHERS), min(ord(last), OTHERS) + 1))
        else:
            found |= _of_escape(first) if len(first) > 1 else {min(ord(first), OTHERS)}
    return ANY - found | {OTHERS} if text.startswith("[^") else frozenset(found)


def _uncased(found: frozenset[int]) -> frozenset[int]:
    """Return the characters with their other cases; letters beyond ASCII have cases within it."""
    letters = found & LETTERS
    cases = frozenset(ord(case) for each in letters for case in (chr(each).lower(), chr(each).upper()))
    beyond = frozenset({OTHERS}) if letters else NOTHING
    return found | cases | beyond | (LETTERS if OTHERS in found else NOTHING)
