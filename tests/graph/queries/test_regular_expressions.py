"""What is let through is bounded, what honest queries hold is let through, and the bound holds against a backtracking matcher."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.queries.patterns import MOST, slow_patterns
from graph.queries.regular_expressions import Unbounded, effort
from graph.queries.text import tokens


@pytest.mark.parametrize(
    ("pattern", "ways", "steps"),
    [
        ("abc", 1, 1 + 3 * 2),
        ("creator1.*", 1, 1 + 8 * 2 + 101),
        (".*x", 101, 1 + 101 + 101 * 2),
        (".*x.*", 101, 1 + 101 + 101 * 2 + 101 * 101),
        (r"\w+@\w+", 1, 1 + 101 + 2 + 101),
        ("(a|b)c", 2, 1 + 7 + 2 * 2),
        ("(ab)+c", 1, 1 + 201 + 2),
        ("a?b", 1, 1 + 2 + 2),
    ],
)
def test_effort_on_a_hundred_characters(pattern: str, ways: int, steps: int) -> None:
    found = effort(pattern, 100)
    assert (found.ways, found.steps) == (ways, steps)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a|aa)*(c)\2\2b", "(.*a){25}b", "((a+)+)+b", "(a*)*", "(x+x+)+y", "(a|b)+", "(|a)+", "(a?){9}", "a**", "(?=a)b", "(?<=a)b",
        "(?>a)b", r"(?<n>a)\k<n>", "(?x)a b", "a(?i)b", r"\R+", r"\X", "[a-z&&[^b]]", "[[a]b]", "(", ")", "[", "*", "a{2000}", r"\1",
        "(" * 21 + "a" + ")" * 21, "a" * 1001,
    ],
)  # fmt: skip
def test_what_has_no_bound(pattern: str) -> None:
    with pytest.raises(Unbounded):
        effort(pattern, 10)


@pytest.mark.parametrize(
    "pattern",
    [
        "(?i).*cup.*", "[a-z]+ (big|small)?", "creator1.*", r"\w+@\w+\.\w+", ".*(lip|gloss|matte).*", r"#?[\w-]+", r"\d{4}-\d{2}-\d{2}.*",
        "^[A-Z]{2}$", "[^@]+@[^@]+", r"\p{L}+ \d+", r".*\Qa.b\E", "(foo.*|bar.*)", r".*\bcup\b.*", "(?:ab)+",
        "(?i)(lip|eye).{0,20}(liner|shadow)",
    ],
)  # fmt: skip
def test_honest_ones_match_stored_texts(pattern: str) -> None:
    written = pattern.replace("\\", "\\\\")
    assert not list(slow_patterns(tokens(f"MATCH (n:Content) WHERE toLower(n.title) =~ '{written}' RETURN n"), {}))


@pytest.mark.parametrize(
    ("subject", "allowed"),
    [
        ("n.title", True), ("toLower(trim(n.title))", True), ("left(n.title + $x, 300)", True), ("substring(m, 2, 300)", True),
        ("$short", True),
        ("'a text'", True), ("$x", False), ("m", False), ("n.title + m", False), ("m.title", False), ("replace(n.title, 'a', $x)", False),
        ("left(m, size(m))", False), ("n['title']", False), ("reduce(s = '', x IN ['a'] | s + m)", False),
    ],
)  # fmt: skip
def test_the_length_of_what_is_matched_is_told_by_its_form(subject: str, allowed: bool) -> None:
    text = f"MATCH (n:Content) WITH n, n.a AS m WHERE {subject} =~ '.*cup.*' RETURN n"
    refused = list(slow_patterns(tokens(text), {"x": "a" * 50_000, "short": "a"}))
    assert (not refused) is allowed


def test_within_a_list_each_item_counts() -> None:
    cut = "MATCH (n:Content) RETURN [t IN n.tags[..100] WHERE left(t, 100) =~ '.*cup.*'] AS found"
    assert not list(slow_patterns(tokens(cut), {}))
    (refused,) = slow_patterns(tokens(cut.replace("[..100]", "")), {})
    assert "UNWIND list AS item" in refused.remedy


class Counting:
    """A backtracking matcher as simple as can be, which counts its steps: characters, one of `a`, `b` or `.`, each with a repetition."""

    def __init__(self, pieces: list[tuple[str, str]], text: str) -> None:
        self.pieces, self.text, self.steps = pieces, text, 0

    def match(self, piece: int = 0, at: int = 0) -> bool:
        self.steps += 1
        if piece == len(self.pieces):
            return at == len(self.text)
        character, times = self.pieces[piece]
        low, high = {"": (1, 1), "?": (0, 1), "*": (0, len(self.text)), "+": (1, len(self.text)), "{2}": (2, 2)}[times]
        end = at
        while end < len(self.text) and end - at < high and character in (".", self.text[end]):
            self.steps += 1
            end += 1
        return any(self.match(piece + 1, place) for place in range(end, at + low - 1, -1))


@given(
    pieces=st.lists(st.tuples(st.sampled_from("ab."), st.sampled_from(["", "?", "*", "+", "{2}"])), min_size=1, max_size=6),
    text=st.text("ab", max_size=12),
)
def test_a_backtracking_matcher_stays_within_the_bound(pieces: list[tuple[str, str]], text: str) -> None:
    pattern, counting = "".join(character + times for character, times in pieces), Counting(pieces, text)
    assert counting.match() == bool(re.fullmatch(pattern, text))
    assert counting.steps <= 3 * effort(pattern, len(text)).steps
    assert effort(pattern, len(text)).steps < MOST
