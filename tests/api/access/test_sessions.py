"""What a cookie stands for: one key, for as long as both last, by tokens that are replaced as they are used."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from api.access.sessions import FILE, GRACE, IDLE, LINK, LONGEST, RETRY, TURN, Sessions


class Clock:
    """A time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1_795_521_600

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(tmp_path: Path, clock: Clock) -> Iterator[Sessions]:
    opened = Sessions(tmp_path, clock=clock)
    yield opened
    opened.close()


def used(sessions: Sessions, token: str) -> tuple[str, str | None]:
    use = sessions.use(token)
    assert use is not None
    return use


def renewed(sessions: Sessions, token: str) -> str:
    new = used(sessions, token)[1]
    assert new is not None
    return new


def test_a_token_stands_for_its_key_and_is_nowhere_in_the_file(sessions: Sessions, tmp_path: Path) -> None:
    token = sessions.begin("k1")
    id_, new = used(sessions, token)
    assert (sessions.key(id_), new) == ("k1", None)
    assert sessions.use(id_) is None, "an id is no token"
    assert sessions.key("other") is None
    written = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert token.encode() not in written
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_a_session_ends_when_it_is_ended_idle_or_old(sessions: Sessions, clock: Clock) -> None:
    ended, idle, bounded = sessions.begin("k1"), sessions.begin("k1"), sessions.begin("k1", until=clock.now + 100)
    id_ = used(sessions, idle)[0]
    sessions.end(ended)
    assert sessions.use(ended) is None
    clock.now += 100
    assert sessions.use(bounded) is None, "no longer than its key"
    clock.now += IDLE
    assert (sessions.use(idle), sessions.key(id_)) == (None, None)


def test_a_busy_session_ends_too(sessions: Sessions, clock: Clock) -> None:
    token, begun = sessions.begin("k1"), clock.now
    while clock.now < begun + LONGEST:
        token = used(sessions, token)[1] or token
        clock.now += IDLE - 1
    clock.now = begun + LONGEST
    assert sessions.use(token) is None


def test_a_token_is_replaced_and_the_one_before_ends_once_the_new_one_has_come(sessions: Sessions, clock: Clock) -> None:
    old = sessions.begin("k1")
    clock.now += TURN
    new = renewed(sessions, old)
    assert used(sessions, old) == (used(sessions, new)[0], None), "requests may be under way with it"
    clock.now += GRACE
    assert sessions.use(old) is None, "who stole it has nothing"
    assert used(sessions, new)[1] is None


def test_of_requests_at_once_one_brings_the_new_token(sessions: Sessions, clock: Clock, tmp_path: Path) -> None:
    other = Sessions(tmp_path, clock=clock)
    old = sessions.begin("k1")
    clock.now += TURN
    tokens = [used(each, old)[1] for each in (sessions, other, sessions)]
    other.close()
    (new,) = (each for each in tokens if each)
    assert used(sessions, new)[1] is None


def test_a_new_token_that_was_lost_on_its_way_signs_nobody_out(sessions: Sessions, clock: Clock) -> None:
    old = sessions.begin("k1")
    clock.now += TURN
    lost = renewed(sessions, old)
    clock.now += RETRY
    again = renewed(sessions, old)
    assert sessions.use(lost) is None
    assert used(sessions, again)[1] is None
    clock.now += GRACE
    assert sessions.use(old) is None


def test_a_link_signs_in_once_within_an_hour(sessions: Sessions, clock: Clock) -> None:
    link, late = sessions.link("k1"), sessions.link("k2")
    assert [sessions.redeem(link), sessions.redeem(link)] == ["k1", None]
    clock.now += LINK
    assert sessions.redeem(late) is None
    assert sessions.redeem("never made") is None


def test_a_file_that_another_process_writes_to_keeps_no_request_waiting_for_a_new_token(
    sessions: Sessions, clock: Clock, tmp_path: Path
) -> None:
    token = sessions.begin("k1")
    clock.now += TURN
    sessions._database.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert used(sessions, token)[1] is None
        writer.execute("ROLLBACK")
    assert used(sessions, token)[1] is not None
