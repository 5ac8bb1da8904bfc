"""The schedule, the signatures, and what is kept of deliveries."""

from __future__ import annotations

import base64
from pathlib import Path
from time import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from api.webhooks.deliveries import Attempt, Deliveries, Status, message_id
from api.webhooks.schedule import HOUR, LONGEST, WAITS, next_attempt
from api.webhooks.signatures import headers, minted
from api.webhooks.store import FILE, Content, Reason, TooManyWebhooks, Webhook


def test_attempts_are_spread_over_three_days_with_jitter() -> None:
    assert 3 * 24 * HOUR <= sum(WAITS) <= 3.3 * 24 * HOUR
    for failed, wait in enumerate(WAITS, start=1):
        found = {next_attempt(failed, 1_000.0) for _ in range(20)}
        assert len(found) > 1
        assert all(each is not None and wait <= each - 1_000.0 <= 1.1 * wait for each in found)
    assert next_attempt(len(WAITS) + 1, 1_000.0) is None


def test_a_receiver_is_waited_for_as_it_asks_within_a_day() -> None:
    assert next_attempt(1, 1_000.0, retry_after=5_000.0) == 5_000.0
    assert next_attempt(1, 1_000.0, retry_after=10.0**12) == 1_000.0 + LONGEST
    assert (next_attempt(2, 1_000.0, retry_after=1_010.0) or 0) >= 1_300.0


@given(st.binary(max_size=200))
def test_what_is_signed_is_verified_by_the_standards_own_library(body: bytes) -> None:
    body, secret, other, at = b'{"a":"' + base64.b64encode(body) + b'"}', minted(), minted(), int(time())
    sent = headers((secret, other), "msg_1", at, body)
    assert Verifier(secret).verify(body, sent) == Verifier(other).verify(body, sent)
    with pytest.raises(WebhookVerificationError):
        Verifier(minted()).verify(body, sent)
    with pytest.raises(WebhookVerificationError):
        Verifier(secret).verify(body + b" ", sent)


def webhook(store: Deliveries, *, key: str = "k1", position: int = 0) -> Webhook:
    new = Webhook.new(key, "https://example.org/", Content("subscription { changed { at } }", {}), position=position, now=1)
    store.create(new, most=3)
    found = store.webhook(new.id)
    assert found is not None
    return found


@pytest.fixture
def store(tmp_path: Path) -> Deliveries:
    return Deliveries(tmp_path)


def test_an_event_is_taken_up_once_and_from_where_the_webhook_is(store: Deliveries) -> None:
    first = webhook(store)
    assert store.queue(first, 7, "run.published", now=1)
    assert not store.queue(first, 9, "run.published", now=1), "it has moved on since it was read"
    again = store.webhook(first.id)
    assert again is not None
    assert again.position == 7
    head = store.head(first.id)
    assert head is not None
    assert (head.number, head.id, head.status) == (7, message_id(first, 7), Status.PENDING)
    store.note(head, Attempt(2, 500, "no"), Status.PENDING, next_at=9.0)
    store.note(head, Attempt(2, 204), Status.DELIVERED)
    assert store.head(first.id) is not None, "an attempt that was begun before another was noted changes nothing"


def test_a_message_keeps_its_id_and_tells_no_number(store: Deliveries) -> None:
    one, other = webhook(store), webhook(store)
    assert message_id(one, 1) == message_id(one, 1)
    assert len({message_id(one, 1), message_id(one, 2), message_id(other, 1)}) == 3


def test_a_secret_is_in_no_text_and_in_a_file_for_its_owner(store: Deliveries, tmp_path: Path) -> None:
    found = webhook(store)
    assert found.secret not in repr(found)
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    until = 1_000
    new = store.rotate(found.id, until=until)
    rotated = store.webhook(found.id)
    assert rotated is not None
    assert (rotated.secrets(until - 1), rotated.secrets(until)) == ((new, found.secret), (new,))


def test_a_key_has_few_webhooks(store: Deliveries) -> None:
    for _ in range(3):
        webhook(store)
    with pytest.raises(TooManyWebhooks):
        webhook(store)
    webhook(store, key="k2")
    assert (len(store.webhooks("k1")), len(store.webhooks())) == (3, 4)


def test_what_failed_comes_first_when_enabled_again_unless_it_is_passed_over(store: Deliveries) -> None:
    found = webhook(store)
    store.queue(found, 5, "run.published", now=1)
    head = store.head(found.id)
    assert head is not None
    store.note(head, Attempt(2, 410, "gone"), Status.FAILED)
    store.disable(found.id, Reason.GONE, "gone", now=3)
    store.enable(found.id, now=4)
    again = store.head(found.id)
    assert again is not None
    assert (again.number, again.attempts) == (5, 0)
    store.enable(found.id, now=5, position=8)
    assert store.head(found.id) is None
    moved = store.webhook(found.id)
    assert moved is not None
    assert (moved.position, moved.disabled_at, moved.reason) == (8, None, None)


def test_deliveries_of_a_webhook_are_bounded(store: Deliveries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.webhooks.deliveries.KEPT", 5)
    found = webhook(store)
    for number in range(1, 20):
        store.queue(found, number, "run.published", now=1)
        head, found = store.head(found.id), store.webhook(found.id) or found
        assert head is not None
        store.note(head, Attempt(2, 204), Status.DELIVERED)
    assert [each.number for each in store.newest(found.id, first=100)] == [19, 18, 17, 16, 15]
    store.delete(found.id)
    assert store.newest(found.id, first=100) == []
