"""What counts as a difference of two answers."""

from __future__ import annotations

from typing import Any

import orjson

from bench.leaks.answers import differing, readable

RIVALS = '{ brand(id: "Brand:b04") { name competitors { brand { id name } } } }'


def _rivals(name: str, *others: str) -> bytes:
    return orjson.dumps({"data": {"brand": {"name": name, "competitors": [{"brand": {"id": each, "name": each}} for each in others]}}})


def test_which_brands_are_told_by_rule_does_not_count_nor_do_their_names() -> None:
    assert differing(RIVALS, _rivals("four", "b00", "b14"), _rivals("four", "b00", "b12")) == set()
    assert differing(RIVALS, _rivals("four", "b00", "b14"), _rivals("five", "b00", "b12")) == {"Brand.name"}


def test_of_cursors_only_that_there_is_one_can_be_read() -> None:
    def answer(cursor: str) -> bytes:
        said: dict[str, Any] = {"message": f"'{cursor[:80]}' is not a cursor of this list; start from the first page"}
        return orjson.dumps({"data": {"brands": {"pageInfo": {"endCursor": cursor}}}, "errors": [said]})

    assert readable(answer("a1_-Z" * 30)) == readable(answer("Zz9-_" * 30))
    assert readable(answer("a" * 150)) != readable(answer("a" * 149))
