"""What the GraphQL library says is told in the words of clients."""

from __future__ import annotations

import pytest

from api.library_words import plain_words


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Expected value of non-null type 'Goal!' not to be None.", "Expected value of non-null type 'Goal!' not to be null."),
        ("Int cannot represent non-integer value: True", "Int cannot represent non-integer value: true"),
        ("Expected value of type 'X', found: {'a': [None, False]}.", "Expected value of type 'X', found: {'a': [null, false]}."),
        ("String cannot represent 'None'", "String cannot represent 'None'"),
        ("Cannot query field 'NoneSuch'.", "Cannot query field 'NoneSuch'."),
        (
            "Variable '$i' has invalid value: Expected value of type 'ID', but encountered error '1.5 is not an id; use text'; found: 1.5.",
            "Variable '$i' has invalid value: 1.5 is not an id; use text",
        ),
        ("Too many validation errors, error limit reached. Validation aborted.", "there are more errors; correct these first"),
    ],
)
def test_values_are_those_of_json(said: str, told: str) -> None:
    assert plain_words(said) == told
