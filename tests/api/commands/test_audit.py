"""`creatorgraph audit`, over logs that were written without a server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.access.grants import Grant
from api.access.store import Store
from api.access.viewer import Role
from api.audit.entries import Channel, Entry, free
from api.audit.files import ENTRIES, FOLDER, LogFiles
from api.audit.log import AuditLog
from api.audit.pseudonyms import Pseudonyms
from api.commands import app
from tests.api.audit.writing import START


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log of three answers, one of which may have shown anyone."""
    monkeypatch.setenv("CREATORGRAPH_HOME", str(tmp_path))
    store, pseudonyms = Store(tmp_path), Pseudonyms(tmp_path / FOLDER)
    key = store.create(Grant("acme", Role.PARTNER, ("US",)), now=START).id
    named = pseudonyms.of(["c1", "c2"])
    free_one = free(Channel.CYPHER, "cypher", "MATCH (c:Creator) RETURN c")
    pseudonyms.keep(free_one.text or "")
    log = AuditLog(tmp_path, days=1)
    log.append(
        [
            Entry(START, key, "partner", "graphql", "One", "d" * 64, (named["c1"],)),
            Entry(START + 86_400, key, "partner", "graphql", "Both", "e" * 64, (named["c1"], named["c2"]), times=3),
            Entry(START + 86_401, "other", "analyst", "cypher", "cypher", free_one.document, None),
        ]
    )
    store.close()
    pseudonyms.close()
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["audit", *words])


def listed(*words: str) -> list[str]:
    return [each["operation"] for each in json.loads(run("list", "--json", *words).stdout)]


def test_a_sound_log_is_said_to_be_one() -> None:
    found = run("verify")
    assert (found.exit_code, found.stdout) == (0, "3 entries are as they were written.\n")
    assert found.stderr.startswith("Signed by creatorgraph/audit/")


def test_an_edited_entry_is_named_and_the_status_is_1(home: Path) -> None:
    file = LogFiles(home / FOLDER).tile(ENTRIES, 0, 3)
    file.write_bytes(file.read_bytes().replace(b"Both", b"None"))
    found = run("verify")
    assert (found.exit_code, found.stdout) == (1, "✗ entry 1 was edited\n")
    assert json.loads(run("verify", "--json").stdout) == {"size": 3, "first": 0, "problems": ["entry 1 was edited"], "sound": False}


def test_a_checkpoint_that_was_saved_tells_that_entries_were_cut_off(home: Path) -> None:
    saved = home / "saved"
    saved.write_text(run("checkpoint").stdout)
    assert run("verify", "--checkpoint", str(saved)).exit_code == 0
    AuditLog(home, days=1).append([Entry(START, "k", "admin", "graphql", "", "", ())])
    later = home / "later"
    later.write_text(run("checkpoint").stdout)
    LogFiles(home / FOLDER).checkpoint.write_text(saved.read_text())
    found = run("verify", "--checkpoint", str(later))
    assert (found.exit_code, found.stdout[:24]) == (1, "✗ entries 3 to 3 are gon")


def test_a_pseudonym_that_was_given_to_another_is_found(home: Path) -> None:
    pseudonyms = Pseudonyms(home / FOLDER)
    pseudonyms._database.execute("UPDATE creators SET id = 'c9' WHERE id = 'c2'")  # pyright: ignore[reportPrivateUsage] -- what an attacker does
    pseudonyms.close()
    found = run("verify")
    assert (found.exit_code, "what stands for c9 was changed" in found.stdout) == (1, True)


def test_entries_are_listed_by_creator_key_and_time() -> None:
    assert listed() == ["cypher", "Both", "One"]
    assert listed("--creator", "c2") == ["Both"]
    assert listed("--key", "acme") == ["Both", "One"]
    assert listed("--since", "2023-11-15") == ["cypher", "Both"]
    assert listed("--until", "2023-11-15T22:13:20Z") == ["One"]
    assert listed("--first", "1") == ["cypher"]
    newest, both, _ = json.loads(run("list", "--json").stdout)
    assert (both["holder"], both["times"], both["creators"]) == ("acme", 3, ["c1", "c2"])
    assert (newest["creators"], newest["text"]) == (None, "MATCH (c:Creator) RETURN c")
    assert "acme" in run("list").stdout


def test_an_unknown_key_is_an_error() -> None:
    assert "no key has the id or name 'nobody'" in str(run("list", "--key", "nobody").exception)


def test_who_was_forgotten_is_told_to_nobody_and_the_log_is_still_sound(home: Path) -> None:
    pseudonyms = Pseudonyms(home / FOLDER)
    assert pseudonyms.forget("c1")
    pseudonyms.close()
    assert json.loads(run("list", "--json").stdout)[1]["creators"] == [None, "c2"]
    assert run("verify").exit_code == 0
    assert b"c1" not in (home / FOLDER / "pseudonyms.sqlite").read_bytes()


def test_entries_of_a_server_that_never_showed_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREATORGRAPH_HOME", str(tmp_path / "fresh"))
    assert run("verify").exit_code == 0
    assert listed() == []
    assert "nothing has been shown" in str(run("checkpoint").exception)


def test_pruning_keeps_what_is_young_enough() -> None:
    assert run("prune").stdout == "the first entry that is kept is 0\n"
