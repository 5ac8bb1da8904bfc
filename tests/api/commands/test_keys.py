from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.access.store import Store
from api.commands import app
from api.errors import AccessError


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
