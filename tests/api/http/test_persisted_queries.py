from __future__ import annotations

import tracemalloc
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from api.http.persisted_queries import OVERHEAD, PersistedQueries

TEXT = "{ a }" + "#" * 995


def size(count: int) -> int:
    return count * (OVERHEAD + 1_000 + 49)


def test_no_room_no_document() -> None:
    store = PersistedQueries(0)
    store.keep("a", "1", TEXT)
    assert (store.text("a", "1"), store.bytes) == (None, 0)


def test_the_least_recently_used_of_a_key_goes_first() -> None:
    store = PersistedQueries(size(10))
    for number in range(10):
        store.keep("a", str(number), TEXT)
    assert store.text("a", "0") == TEXT
    store.keep("a", "10", TEXT)
    assert [number for number in range(11) if store.text("a", str(number)) is None] == [1]


def test_who_fills_the_store_crowds_out_nobody_else() -> None:
    store = PersistedQueries(size(20))
    for number in range(8):
        store.keep("modest", str(number), TEXT)
    for number in range(1_000):
        store.keep("greedy", str(number), TEXT)
    assert all(store.text("modest", str(number)) == TEXT for number in range(8))
    assert sum(store.text("greedy", str(number)) is not None for number in range(1_000)) == 12


def test_one_document_does_not_take_it_all() -> None:
    store = PersistedQueries(size(20))
    store.keep("a", "1", TEXT * 4)
    assert store.text("a", "1") is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 30), st.integers(1, 3_000)), max_size=60))
def test_it_never_takes_more_than_it_may(steps: list[tuple[str, int, int]]) -> None:
    store = PersistedQueries(size(12))
    for key, number, length in steps:
        store.keep(key, str(number), "x" * length)
        assert store.bytes <= store.budget


def test_it_takes_what_it_says() -> None:
    store = PersistedQueries(2**24)
    texts = [f"query Q{number} {{ viewer {{ name }} }}" + "#" * 500 for number in range(1_000)]
    tracemalloc.start()
    for text in texts:
        store.keep("a", sha256(text.encode()).hexdigest(), (text + " ").strip())
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert 0.6 < taken / store.bytes < 1.1
