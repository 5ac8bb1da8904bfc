from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from api.access.keys import ALPHABET, Key, checksum, digest, key_id, minted


def test_a_key_holds_its_id_and_is_whole() -> None:
    key = minted()
    assert re.fullmatch(r"cgk_[0-9A-Za-z]{57}", key.text)
    assert key_id(key.text) == key.id


def test_no_two_keys_are_alike() -> None:
    assert len({minted().text for _ in range(200)}) == 200


@given(position=st.integers(4, 60), letter=st.sampled_from(ALPHABET))
def test_one_changed_character_is_seen(position: int, letter: str) -> None:
    body = "cgk_" + "abcdEFGH" + "7" * 43
    text = body + checksum(body)
    changed = text[:position] + letter + text[position + 1 :]
    assert (key_id(changed) is None) == (changed != text)


def test_a_key_cut_off_or_lengthened_is_no_key() -> None:
    text = minted().text
    assert [key_id(each) for each in (text[:-1], text + "A", "", "cgk_", text.lower(), f" {text}")] == [None] * 6


def test_the_digest_is_sha_256() -> None:
    assert digest("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_key_is_not_spelled_by_its_repr() -> None:
    assert repr(Key("abcdEFGH", "cgk_secret")) == "Key(id='abcdEFGH')"
