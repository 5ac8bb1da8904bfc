"""What is sent again, and after how long."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from creatorgraph.errors import Unreachable
from creatorgraph.retries import Retries, retried, told
from creatorgraph.steps import Answer, Call, Flow, Lost, Pause

ASK = Call("POST", "/graphql", {"query": "{ viewer { name } }"})
CHANGE = Call("POST", "/graphql", {"query": "mutation { x }"}, repeatable=False)
NOBODY = Lost("ConnectError", resend=True)


def once(call: Call) -> Flow[Answer]:
    return (yield call)


def played(call: Call, outcomes: list[Answer | Lost], policy: Retries) -> tuple[list[float], Any]:
    """Return the pauses that a call makes when it meets these outcomes, and what comes of it."""
    flow, pauses, reply = retried(once(call), policy), [], None
    left = iter(outcomes)
    try:
        while True:
            step = flow.send(reply)
            reply = pauses.append(step.seconds) if isinstance(step, Pause) else next(left)
    except StopIteration as done:
        return pauses, done.value
    except Unreachable as error:
        return pauses, error


def busy(**extensions: Any) -> Answer:
    return Answer(200, {}, json.dumps({"data": None, "errors": [{"message": "busy", "extensions": extensions}]}).encode())


def test_reads_are_sent_again_with_pauses_that_double() -> None:
    policy = Retries(times=4, base=1, longest=5, random=lambda: 1.0)
    pauses, found = played(ASK, [NOBODY, Answer(503), Answer(502), Answer(504), Answer(200)], policy)
    assert (pauses, found.status) == ([1, 2, 4, 5], 200)


def test_after_the_last_time_the_outcome_stands() -> None:
    pauses, found = played(ASK, [Answer(503), Answer(503)], Retries(times=1, random=lambda: 0.0))
    assert (pauses, found.status) == ([0.0], 503)
    pauses, error = played(ASK, [NOBODY] * 3, Retries(times=2, random=lambda: 0.0))
    assert isinstance(error, Unreachable)
    assert "ConnectError" in str(error)


def test_what_is_asked_for_is_waited_in_full_or_not_at_all() -> None:
    policy = Retries(base=1, random=lambda: 0.5)
    assert played(ASK, [Answer(429, {"retry-after": "7"}), Answer(200)], policy)[0] == [7.5]
    assert played(ASK, [busy(code="CONCURRENCY_LIMIT", retryAfter=3), Answer(200)], policy)[0] == [3.5]
    assert played(ASK, [Answer(429, {"retry-after": "61"})], policy)[0] == []


@pytest.mark.parametrize("outcome", [NOBODY, Answer(503), Answer(429, {"retry-after": "1"}), busy(retryAfter=1)])
def test_what_may_change_something_is_never_sent_twice(outcome: Answer | Lost) -> None:
    assert played(CHANGE, [outcome], Retries())[0] == []


@pytest.mark.parametrize(
    "outcome", [Answer(200), Answer(400), Answer(401), Answer(500), busy(code="FORBIDDEN"), Lost("ReadTimeout", resend=False)]
)
def test_what_does_not_pass_by_itself_is_not_sent_again(outcome: Answer | Lost) -> None:
    assert played(ASK, [outcome], Retries())[0] == []


@given(some.integers(0, 40), some.floats(0, 1))
def test_no_pause_is_longer_than_the_longest(tried: int, chance: float) -> None:
    pause = Retries(times=99, random=lambda: chance).pause(ASK, Answer(503), tried)
    assert pause is not None
    assert 0 <= pause <= 10


def test_the_header_goes_before_the_error() -> None:
    answer = Answer(429, {"retry-after": "2"}, busy(retryAfter=9).content)
    assert (told(answer), told(busy(retryAfter=9)), told(Answer(503, {"retry-after": "soon"}))) == (2.0, 9.0, None)
