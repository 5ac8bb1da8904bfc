from __future__ import annotations

import asyncio
import json
import re
from contextlib import closing
from pathlib import Path

import pytest
from neo4j import AsyncDriver
from typer.testing import CliRunner, Result

from api.access.grants import Grant
from api.access.keyring import Keyring
from api.access.sessions import Sessions
from api.access.store import Store
from api.access.viewer import Role
from api.commands import app
from api.errors import AccessError
from api.settings import load


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CREATORGRAPH_HOME", str(tmp_path))
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["keys", *words])


def test_create_prints_the_key_alone() -> None:
    made = run("create", "acme", "--role", "brand", "--region", "us", "--region", "GB", "--brand", "b1", "--expires", "30d")
    assert made.exit_code == 0
    assert re.fullmatch(r"cgk_[0-9A-Za-z]{57}\n", made.stdout)
    assert "only time the key is shown" in made.stderr


async def test_a_region_in_which_nobody_sells_is_refused_and_those_that_are_there_are_named(
    graph: AsyncDriver, neo4j_env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in neo4j_env.items():
        monkeypatch.setenv(name, value)
    empty = await asyncio.to_thread(run, "create", "a", "--role", "partner", "--region", "XX")
    assert (empty.exit_code, empty.stdout[:4]) == (0, "cgk_")
    assert "could not be checked" in empty.stderr
    await graph.execute_query("CREATE (:Creator {id: 'c', region: 'US'}), (:Product {id: 'p', region: 'GB'}), (:Product {id: 'q'})")
    refused = await asyncio.to_thread(run, "create", "a", "--role", "partner", "--region", "us", "--region", "xx")
    assert isinstance(refused.exception, AccessError)
    assert refused.exception.message.startswith("region 'XX': nobody sells there; use one of GB, US, or '*' for all")
    made = await asyncio.to_thread(run, "create", "b", "--role", "partner", "--region", "us", "--region", "GB")
    assert (made.exception, "could not be checked" in made.stderr) == (None, False)


def test_a_link_signs_in_with_the_key_that_it_is_made_for(home: Path) -> None:
    run("create", "acme", "--role", "admin")
    run("rotate", "acme")
    made = run("link", "acme", "--url", "https://ratings.example/").stdout
    assert made.startswith("https://ratings.example/sign-in#")
    sessions, store = Sessions(home), Store(home)
    account = sessions.redeem(made.strip().partition("#")[2])
    assert account is not None
    assert Keyring(store).holder(account).key_id == store.live("acme", now=0)[-1].id
    sessions.close()
    store.close()
    assert run("link", "acme").stdout.startswith("http://127.0.0.1:8000/sign-in#")
    refused = run("link", "nobody").exception
    assert isinstance(refused, AccessError)
    assert "no live key has the id or name 'nobody'" in refused.message


def test_a_key_made_before_the_first_import_is_said_to_be_unchecked() -> None:
    assert "could not be checked" in run("create", "a", "--role", "brand", "--region", "XX", "--brand", "b1").stderr
    assert "could not be checked" not in run("create", "b", "--role", "partner", "--region", "*").stderr


def test_list_tells_everything_but_the_key() -> None:
    made = run("create", "acme", "--role", "brand", "--region", "us", "--brand", "b1", "--expires", "2999-01-01")
    run("create", "me", "--role", "creator", "--creator", "c1")
    listed = json.loads(run("list", "--json").stdout)
    assert [(each["name"], each["role"], each["regions"], each["brands"], each["creator"]) for each in listed] == [
        ("acme", "brand", ["US"], ["b1"], None),
        ("me", "creator", [], [], "c1"),
    ]
    assert [(each["state"], each["expires_at"], each["last_used"]) for each in listed] == [
        ("live", "2999-01-02T00:00:00Z", None),
        ("live", None, None),
    ]
    table = run("list").stdout
    assert "acme" in table
    assert made.stdout.strip() not in table


def test_a_list_in_a_pipe_has_a_line_of_whole_cells_for_each_key() -> None:
    run("create", "a name that is long enough to be broken on a narrow terminal", "--role", "brand", "--region", "US", "--brand", "7" * 60)
    head, line = run("list").stdout.splitlines()
    cells = dict(zip(head.split("\t"), line.split("\t"), strict=True))
    assert cells["id"] == json.loads(run("list", "--json").stdout)[0]["id"]
    assert (cells["bounds"], cells["state"], cells["expires"]) == (f"US {'7' * 60}", "live", "never")


def test_an_empty_list_says_how_to_begin() -> None:
    listed = run("list")
    assert (listed.stdout, "keys create NAME --role admin" in listed.stderr) == ("", True)


def test_revoke_and_rotate(home: Path) -> None:
    first = run("create", "a", "--role", "admin").stdout
    second = run("rotate", "a").stdout
    third = run("rotate", "a", "--overlap-hours", "1").stdout
    assert len({first, second, third}) == 3
    assert re.fullmatch(r"cgk_\w{57}\n", third)
    revoked = run("revoke", "a")
    assert (revoked.exit_code, revoked.stderr.count("revoked"), revoked.stdout) == (0, 2, "")
    assert [each["state"] for each in json.loads(run("list", "--json").stdout)] == ["revoked"] * 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("create", "a", "--role", "brand", "--region", "US"), "the role brand needs a brand"),
        (("create", "a", "--role", "admin", "--expires", "soon"), "'soon' is not a valid expiry"),
        (("revoke", "nobody"), "no live key has the id or name 'nobody'; `creatorgraph keys list` shows them"),
        (("rotate", "nobody"), "no live key"),
    ],
)
def test_errors_say_what_to_do(words: tuple[str, ...], said: str) -> None:
    failed = run(*words)
    assert isinstance(failed.exception, AccessError)
    assert said in failed.exception.message
    assert failed.stdout == ""


def test_an_unknown_role_is_a_usage_error(home: Path) -> None:
    failed = run("create", "a", "--role", "owner")
    assert failed.exit_code == 2
    assert Store(home).records() == []


def test_scopes_and_limits_are_listed_and_limits_are_changed_without_a_new_key() -> None:
    run("create", "a", "--role", "admin", "--scope", "write", "--scope", "read", "--budget", "500", "--requests-at-once", "2")
    run("create", "b", "--role", "admin")
    listed = json.loads(run("list", "--json").stdout)
    kept = [(each["scopes"], each["budget"], each["requests_at_once"]) for each in listed]
    assert kept == [(["read", "write"], 500, 2), (None, None, None)]
    cells = [line.split("\t")[-3:] for line in run("list").stdout.splitlines()[1:]]
    assert cells == [["read write", "500", "2"], ["all", "default", "default"]]
    assert "limits changed of" in run("limit", "a", "--budget", "900").stderr
    (first, _) = json.loads(run("list", "--json").stdout)
    assert (first["budget"], first["requests_at_once"]) == (900, None)
    assert run("create", "c", "--role", "admin", "--scope", "all").exit_code == 2
    assert "no live key" in getattr(run("limit", "nobody").exception, "message", "")


def test_an_account_of_tokens_is_blocked_listed_limited_and_unblocked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no account of tokens" in getattr(run("block", "user-1").exception, "message", "")
    assert "set CREATORGRAPH_OIDC_ISSUER" in getattr(run("block", "user-1", "--in-advance").exception, "message", "")
    monkeypatch.setenv("CREATORGRAPH_OIDC_ISSUER", "https://login.example.org")
    monkeypatch.setenv("CREATORGRAPH_OIDC_AUDIENCE", "https://ratings.example.org")
    assert "(user-1)" in run("block", "user-1", "--in-advance").stderr
    (account,) = json.loads(run("accounts").stdout)
    assert (account["sub"], account["state"], account["grant"], account["tokens_valid_until"]) == ("user-1", "blocked", None, None)
    assert account["id"] in run("limit", "user-1", "--budget", "9").stderr
    run("unblock", "user-1")
    with closing(Store(load().home)) as store:
        key = store.create(Grant("made", Role.ANALYST), now=1, made_by=account["id"])
    assert f"still valid, as made for another: {key.id} (made)" in run("block", "user-1").stderr
    assert f"revoked {key.id} (made)" in run("block", "user-1", "--made").stderr
    assert "made" not in run("block", "user-1").stderr
    assert "unblocked" in run("unblock", account["id"]).stderr
    assert json.loads(run("accounts").stdout)[0]["state"] == "live"
