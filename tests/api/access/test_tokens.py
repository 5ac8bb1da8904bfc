"""What is remembered of tokens, and of the accounts that they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.access import tokens as module
from api.access.grants import Grant
from api.access.keyring import TOKEN, Keyring
from api.access.store import Store
from api.access.subjects import Identity
from api.access.tokens import Tokens, Verified
from api.access.viewer import Role, Scope
from api.errors import AccessError, Unauthenticated

NOW = 1_795_521_600
WHO = Identity("https://login.example.org", "user-1")
GRANT = Grant("acme", Role.BRAND, ("US",), ("b1",), scopes=(Scope.READ, Scope.EVENTS))
DAY = 86_400


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = float(NOW)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tokens(store: Store, clock: Clock) -> Tokens:
    made = Tokens(store, webhook_days=7, clock=clock)
    made.trust(frozenset({"k1"}), NOW + 100_000)
    return made


def verified(grant: Grant = GRANT, *, issued: int = NOW, ends: int = NOW + 300, key: str = "k1") -> Verified:
    return Verified(WHO, grant, issued, ends, key)


def said(tokens: Tokens, digest: str) -> str:
    with pytest.raises(Unauthenticated) as refused:
        tokens.viewer(digest)
    return refused.value.message


def test_a_remembered_token_is_its_accounts_until_it_ends(tokens: Tokens, store: Store, clock: Clock) -> None:
    tokens.keep("d", verified())
    keyring = Keyring(store, tokens=tokens)
    viewer = keyring.viewer(f"{TOKEN}d")
    assert (viewer.key_id, viewer.account, viewer.brands, viewer.scopes) == (WHO.account, WHO.account, ("b1",), GRANT.scopes)
    clock.now += 300
    assert "has expired" in said(tokens, "d")


def test_a_block_by_another_process_holds_from_the_next_request_on(tokens: Tokens, store: Store) -> None:
    tokens.keep("d", verified())
    tokens.viewer("d")
    other = Store(store.path.parent)
    other.subjects.block("user-1", now=NOW)
    assert f"the account {WHO.account} is blocked" in said(tokens, "d")
    with pytest.raises(Unauthenticated, match="is blocked"):
        tokens.holder(WHO.account)
    other.subjects.unblock("acme")
    assert tokens.viewer("d").name == "acme"
    other.close()


def test_what_goes_on_without_a_request_ends_some_days_after_the_last_token(tokens: Tokens, store: Store, clock: Clock) -> None:
    tokens.keep("d", verified())
    keyring = Keyring(store, tokens=tokens)
    clock.now = NOW + 299 + 7 * DAY
    assert keyring.holder(WHO.account).brands == GRANT.brands
    clock.now += 1
    with pytest.raises(Unauthenticated, match="expired more than 7 days ago"):
        keyring.holder(WHO.account)
    with pytest.raises(Unauthenticated, match="no longer valid"):
        Keyring(store).holder(WHO.account)


def test_the_newest_token_says_what_goes_on_and_an_older_one_no_more(tokens: Tokens) -> None:
    tokens.keep("new", verified(replace(GRANT, brands=("b2",), scopes=(Scope.MCP,))))
    tokens.keep("old", verified(issued=NOW - 10, ends=NOW + 900))
    assert tokens.holder(WHO.account).brands == ("b2",)
    assert (tokens.viewer("old").brands, tokens.viewer("old").scopes) == (("b1",), GRANT.scopes)


def test_scopes_of_a_token_narrow_its_requests_and_not_what_goes_on_without_one(tokens: Tokens) -> None:
    tokens.keep("d", verified(replace(GRANT, scopes=(Scope.MCP,))))
    assert (tokens.viewer("d").scopes, tokens.holder(WHO.account).scopes) == ((Scope.MCP,), None)


def test_tokens_end_with_the_trust_in_the_keys_that_signed_them(tokens: Tokens, clock: Clock) -> None:
    tokens.keep("a", verified())
    tokens.keep("b", verified(key="k2"))
    tokens.trust(frozenset({"k1"}), NOW + 60)
    assert (tokens.has("a"), tokens.has("b")) == (True, False)
    clock.now += 60
    assert "has not been reached for too long" in said(tokens, "a")


def test_a_removed_account_is_not_remembered(tokens: Tokens, store: Store) -> None:
    tokens.keep("d", verified(Grant("c", Role.CREATOR, creator="c1")))
    store.remove_of(["c1"])
    tokens.forget()
    assert not tokens.has("d")
    assert "was removed" in said(tokens, "d")


def test_so_many_are_remembered_and_no_more(tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    for digest in "abc":
        tokens.keep(digest, verified())
    assert [tokens.has(each) for each in "abc"] == [False, True, True]


def test_an_account_is_blocked_before_its_first_token(tokens: Tokens, store: Store) -> None:
    store.subjects.block("user-1", now=NOW, unseen=WHO)
    tokens.keep("d", verified())
    assert "is blocked" in said(tokens, "d")
    with pytest.raises(AccessError, match="no account of tokens has the id, name or sub 'nobody'"):
        store.subjects.block("nobody", now=NOW)


def test_an_accounts_id_tells_issuers_and_subjects_apart() -> None:
    ids = {Identity(issuer, subject).account for issuer, subject in (("a", "bc"), ("ab", "c"), ("a", "c"), ('a","b', "c"))}
    assert len(ids) == 4
    assert all(each.startswith("sub_") for each in ids)


def test_limits_of_an_account_outlast_its_tokens(tokens: Tokens, store: Store) -> None:
    tokens.keep("d", verified())
    store.subjects.limit("acme", budget=70, requests_at_once=None)
    tokens.keep("e", verified(issued=NOW + 1))
    assert (tokens.viewer("e").budget, tokens.holder(WHO.account).budget) == (70, 70)
    with pytest.raises(AccessError, match="0 is not a budget; give 1 to 1,000,000,000"):
        store.subjects.limit("acme", budget=0, requests_at_once=None)


def test_an_account_is_meant_by_its_id_or_sub_before_any_name(tokens: Tokens, store: Store) -> None:
    """A token names its holder as it likes, and so as somebody else's `sub`."""
    other = Identity(WHO.issuer, "user-2")
    tokens.keep("d", verified())
    tokens.keep("e", Verified(other, replace(GRANT, name="user-1"), NOW, NOW + 300, "k1"))
    assert store.subjects.block("user-1", now=NOW).id == WHO.account
    assert store.subjects.limit("user-1", budget=70, requests_at_once=None).id == WHO.account
    assert (tokens.viewer("e").name, tokens.viewer("e").budget) == ("user-1", None)


def test_a_name_or_sub_of_several_accounts_means_none_of_them(tokens: Tokens, store: Store) -> None:
    others = Identity(WHO.issuer, "user-2"), Identity("https://elsewhere.example", "user-1")
    for number, identity in enumerate((WHO, *others)):
        tokens.keep(f"d{number}", Verified(identity, GRANT, NOW, NOW + 300, "k1"))
    for which, said in (("acme", "the name of 3 accounts"), ("user-1", "the sub of 2 accounts")):
        with pytest.raises(AccessError, match=said):
            store.subjects.block(which, now=NOW)
    assert [each.blocked_at for each in store.subjects.subjects()] == [None] * 3
    assert store.subjects.block("user-1", now=NOW, unseen=WHO).id == WHO.account
    assert store.subjects.block(others[1].account, now=NOW).id == others[1].account
