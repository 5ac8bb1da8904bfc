"""Operations and pages, against answers written down."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from creatorgraph import errors
from creatorgraph.flows.graphql import graphql, nodes
from creatorgraph.steps import Answer, Call, Flow

LIST = "query ($first: Int, $after: String) { rows(first: $first, after: $after) { nodes pageInfo } }"


def carried_out(flow: Flow[Any], answered: Callable[[Call], Answer]) -> Any:
    """Carry a flow out with a function for the service."""
    reply = None
    try:
        while True:
            step = flow.send(reply)
            assert isinstance(step, Call)
            reply = answered(step)
    except StopIteration as done:
        return done.value


def data(value: Any) -> Answer:
    return Answer(200, {}, json.dumps({"data": value}).encode())


def failing(code: str, status: int = 200, **more: Any) -> Answer:
    return Answer(status, {}, json.dumps({"errors": [{"message": "no", "extensions": {"code": code, **more}}], **more}).encode())


def rows_of(numbers: list[int], asked: list[tuple[Any, Any]]) -> Callable[[Call], Answer]:
    def answered(call: Call) -> Answer:
        assert call.body is not None
        first, after = call.body["variables"]["first"], call.body["variables"]["after"]
        asked.append((first, after))
        start = 0 if after is None else int(after) + 1
        page = numbers[start : start + first]
        end = str(start + len(page) - 1) if page else None
        return data({"rows": {"nodes": page, "pageInfo": {"hasNextPage": start + first < len(numbers), "endCursor": end}}})

    return answered


@pytest.mark.parametrize(
    ("count", "first", "pages"), [(0, None, 1), (100, None, 1), (101, None, 2), (250, None, 3), (250, 120, 2), (250, 0, 0)]
)
def test_pages_follow_each_other_to_the_end(count: int, first: int | None, pages: int) -> None:
    numbers, asked = list(range(count)), []
    assert carried_out(nodes(LIST, {}, "rows", first), rows_of(numbers, asked)) == numbers[:first]
    assert len(asked) == pages


def test_a_list_that_changes_is_read_again_from_its_start() -> None:
    numbers, asked = list(range(150)), []
    served = rows_of(numbers, asked)

    def answered(call: Call) -> Answer:
        return failing("STALE_CURSOR", 400) if len(asked) == 1 and not asked.append((0, 0)) else served(call)

    assert carried_out(nodes(LIST, {}, "rows", None), answered) == numbers
    assert [each[1] for each in asked] == [None, 0, None, "99"]


def test_a_list_that_changes_all_the_time_is_given_up() -> None:
    with pytest.raises(errors.StaleCursor):
        carried_out(nodes(LIST, {}, "rows", None), lambda _: failing("STALE_CURSOR", 400))


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (failing("UNAUTHENTICATED", 401), errors.Unauthenticated),
        (failing("FORBIDDEN"), errors.Forbidden),
        (failing("COST_EXCEEDED", 429), errors.RateLimited),
        (failing("NOT_READY", 503), errors.NotReady),
        (failing("UNCONFIRMED", 200), errors.Unconfirmed),
        (failing("GRAPHQL_VALIDATION_FAILED", 400), errors.Refused),
        (failing("INTERNAL", 500), errors.ServerFault),
        (Answer(502, {}, b"<html>bad gateway</html>"), errors.NotReady),
        (Answer(404, {}, b"Not Found"), errors.NotFound),
        (Answer(200, {}, b"hello"), errors.Refused),
    ],
)
def test_each_failure_is_of_its_own_kind(answer: Answer, kind: type[errors.ClientError]) -> None:
    with pytest.raises(errors.ClientError) as raised:
        carried_out(graphql("{ viewer { name } }"), lambda _: answer)
    assert type(raised.value) is kind


def test_an_error_brings_what_came_in_spite_of_it() -> None:
    answer = Answer(200, {}, json.dumps({"data": {"a": 1, "b": None}, "errors": [{"message": "no", "extensions": {"code": "X"}}]}).encode())
    with pytest.raises(errors.Refused, match="no") as raised:
        carried_out(graphql("{ a b }"), lambda _: answer)
    assert (raised.value.data, raised.value.code) == ({"a": 1, "b": None}, "X")


def test_only_what_speaks_of_no_mutation_may_be_sent_twice() -> None:
    assert [next(graphql(text)).repeatable for text in ("{ a }", "query Q { a }", "mutation { a }", "query A { a } mutation B { b }")] == [
        True,
        True,
        False,
        False,
    ]
