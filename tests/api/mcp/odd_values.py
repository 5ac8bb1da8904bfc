"""What agents have been seen to send for any argument, whatever its type."""

from __future__ import annotations

from typing import Any, Final

ODD: Final[tuple[Any, ...]] = (
    *(None, "", " ", "null", "None", "undefined", "NaN"),
    *("3", 3, 3.0, 3.5, -1, 0, 2**31, 2**70, 1e300, "-1", "1e300", "3.5"),
    *(True, False, "true", "false", "True", "yes", 1),
    *("US", '["US"]', ["US"], [], [None], [[]], "[]", "US,GB", '["US", 3]', ["US", None]),
    *({}, "{}", {"": ""}, {"x": None}, '{"x": 1}', "{", "[", '"text"'),
    *("D90", "d90", "Creator:c01", "c01", 7495000000000000001, "7495000000000000001", 7.495e18, "\x00", "\ud83d", "x" * 5_000),
)
