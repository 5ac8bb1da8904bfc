"""What the GraphQL library says of a request, in the words of clients: it tells of Python's values and of its own limits."""

from __future__ import annotations

import re
from typing import Final

VALUES: Final = {"None": "null", "True": "true", "False": "false"}
BARE: Final = re.compile(r"""(?<!['"\w])(None|True|False)(?!['"\w])""")
WRAPPED: Final = re.compile(r"Expected value of type '\w+!?', but encountered error '(.*)'; found: .*$", re.DOTALL)
"""What the library puts around the words of a scalar of ours, which name the value and the remedy themselves."""

TOO_MANY: Final = "Too many validation errors, error limit reached. Validation aborted."
ABORTED: Final = "Validation aborted."
WORDS: Final = {
    TOO_MANY: "there are more errors; correct these first",
    ABORTED: "the document is too deep, or uses its fragments too often, to be validated; send a smaller one",
}


def plain_words(message: str) -> str:
    """Return a message of the library with JSON's values in place of Python's, and a remedy where it gave up."""
    message = WRAPPED.sub(lambda found: found[1], message)
    return WORDS.get(message) or BARE.sub(lambda found: VALUES[found[1]], message)
