from __future__ import annotations

import logging

import pytest
from graphql import GraphQLError
from neo4j.exceptions import ClientError, DriverError, IncompleteCommit, ServiceUnavailable

from api.error_mapping import plain_words, shown, translated
from api.errors import ApiError, BadUserInput, Forbidden, Internal, LimitExceeded, NotReady, Unconfirmed
from graph.errors import DatabaseUnreachable

TIMED_OUT = ClientError._hydrate_neo4j(code="Neo.ClientError.Transaction.TransactionTimedOut", message="m")


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (ServiceUnavailable("gone"), NotReady),
        (IncompleteCommit("lost the connection"), Unconfirmed),
        (DatabaseUnreachable("gone"), NotReady),
        (DriverError("failed to obtain a connection from the pool"), NotReady),
        (TIMED_OUT, LimitExceeded),
        (KeyError("secret"), Internal),
        (DriverError("secret"), Internal),
    ],
)
def test_a_failure_is_told_by_its_kind_and_without_its_words(failure: Exception, kind: type[ApiError]) -> None:
    told = translated(failure, "request-0001")
    assert type(told) is kind
    assert "secret" not in told.message


def test_an_error_that_is_ours_stays_as_it_is() -> None:
    error = BadUserInput("first is -1; give 0 to 100")
    assert translated(error, "request-0001") is error


def test_what_is_masked_is_logged_whole(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        told = translated(KeyError("secret"), "request-0001")
    assert "request-0001" in told.message
    assert "KeyError: 'secret'" in caplog.text


def test_a_database_that_is_away_costs_one_short_line_of_the_log_for_each_reader(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        translated(ServiceUnavailable("Couldn't connect to 127.0.0.1:7687:\nrefused"), "request-0001")
    [record] = caplog.records
    assert record.getMessage() == "the database is not responding: Couldn't connect to 127.0.0.1:7687: refused"
    assert record.exc_info is None


@pytest.mark.parametrize(
    ("cause", "code", "message"),
    [
        (Forbidden("a creator may not"), "FORBIDDEN", "a creator may not"),
        (None, "BAD_USER_INPUT", "as GraphQL says it"),
        (GraphQLError("inner"), "BAD_USER_INPUT", "as GraphQL says it"),
        (KeyError("secret"), "INTERNAL", "internal error"),
    ],
)
def test_a_fields_error_keeps_its_place(cause: Exception | None, code: str, message: str) -> None:
    told = shown(GraphQLError("as GraphQL says it", path=["a", 0], original_error=cause), "request-0001")
    assert (told["path"], told["extensions"]["code"]) == (["a", 0], code)
    assert told["message"].startswith(message)


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
