from __future__ import annotations

import logging

import pytest

from graph.server.readiness import answers


@pytest.mark.parametrize(("before", "after"), [(logging.NOTSET, logging.ERROR), (logging.CRITICAL, logging.CRITICAL)])
def test_a_look_at_the_server_lets_the_driver_log_no_more_than_before(before: int, after: int) -> None:
    log = logging.getLogger("neo4j")
    kept = log.level
    try:
        log.setLevel(before)
        assert not answers("bolt://127.0.0.1:9", ("neo4j", "x"))
        assert log.level == after
    finally:
        log.setLevel(kept)
