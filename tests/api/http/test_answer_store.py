from __future__ import annotations

import gc
import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from api.http.answer_store import LARGEST, OVERHEAD, Answer, AnswerStore
from api.http.encodings import ENCODERS, IDENTITY


def answer(size: int) -> Answer:
    return Answer(b"x" * size, b"application/json")


@given(st.integers(0, 200_000), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 40_000), st.sampled_from(["", *ENCODERS]))))
def test_the_budget_holds_whatever_is_kept(budget: int, answers: list[tuple[int, int, str]]) -> None:
    store = AnswerStore(budget)
    store.at(1)
    for key, size, encoding in answers:
        store.keep(key, answer(size), 1)
        found = store.get(key)
        assert (found is not None) is ((size + OVERHEAD) * LARGEST <= budget)
        if found and encoding:
            found.bytes_in(encoding)
            store.count_anew(key)
        kept = [store.get(each) for each in range(21)]
        assert store.bytes == sum(each.size for each in kept if each) <= budget


def test_the_one_least_recently_used_goes_first() -> None:
    store = AnswerStore((1_000 + OVERHEAD) * LARGEST)
    store.at(1)
    for key in range(LARGEST):
        store.keep(key, answer(1_000), 1)
    assert store.get(0) is not None
    store.keep("new", answer(1_000), 1)
    assert [key for key in range(LARGEST) if store.get(key) is None] == [1]
    assert store.crowded_out == 1


def test_another_version_drops_all_and_what_was_made_from_an_older_one_is_not_kept() -> None:
    store = AnswerStore(1_000_000)
    store.at(1)
    store.keep("a", answer(10), 1)
    store.at(2)
    assert (store.get("a"), store.bytes, store.outdated) == (None, 0, 1)
    store.keep("a", answer(10), 1)
    store.keep("b", answer(10), None)
    assert (store.get("a"), store.get("b"), len(store)) == (None, None, 0)


def test_answers_take_no_more_memory_than_is_counted() -> None:
    """In all encodings, with their headers, and with what compressors hold on to."""
    store = AnswerStore(100_000_000)
    store.at(1)
    answer(10_000).head("zstd")
    gc.collect()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for key in range(100):
            store.keep(key, kept := answer(10_000 + key), 1)
            for encoding in (IDENTITY, *ENCODERS):
                kept.head(encoding)
            store.count_anew(key)
        gc.collect()
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert store.bytes * 0.9 < taken <= store.bytes
