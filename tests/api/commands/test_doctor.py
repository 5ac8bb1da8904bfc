"""`creatorgraph doctor`, as a user types it."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver
from typer.testing import CliRunner

from api.commands.doctor import app
from api.webhooks.deliveries import Deliveries
from api.webhooks.store import Content, Reason, Webhook


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cache: Path) -> dict[str, str]:
    """Return settings for a new home and a free port."""
    for name in ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    return {"CREATORGRAPH_HOME": str(tmp_path / "home"), "CREATORGRAPH_CACHE": str(cache), "CREATORGRAPH_PORT": "0"}


def report(env: dict[str, str], *, code: int = 0) -> dict[str, dict[str, Any]]:
    result = CliRunner().invoke(app, ["--json"], env=env, catch_exceptions=False)
    assert result.exit_code == code
    return {finding["subject"]: finding for finding in json.loads(result.stdout)}


def test_a_healthy_machine_needs_nothing(env: dict[str, str]) -> None:
    found = report(env)
    assert {
        "Python",
        "platform",
        "memory",
        "disk of home",
        "clock",
        "settings",
        "home",
        "port",
        "runtime",
        "program files",
        "database",
    } <= set(found)
    assert "is not running" in found["database"]["text"]
    assert "fail" not in {finding["level"] for finding in found.values()}


def test_the_report_for_people_says_how_to_mend(env: dict[str, str]) -> None:
    shown = CliRunner().invoke(app, [], env=env | {"CREATORGRAPH_PROT": "1"}, catch_exceptions=False).stdout
    assert "CREATORGRAPH_PROT is not a setting" in shown
    assert "→ rename it to CREATORGRAPH_PORT" in shown


def test_a_taken_port_must_be_mended(env: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        found = report(env | {"CREATORGRAPH_PORT": str(taken.getsockname()[1])}, code=1)
    assert (found["port"]["level"], found["port"]["remedy"]) == ("fail", "set CREATORGRAPH_PORT to another port")


def test_open_secrets_are_a_warning(env: dict[str, str]) -> None:
    home = Path(env["CREATORGRAPH_HOME"])
    home.mkdir(mode=0o700)
    (home / "access.sqlite").touch(mode=0o644)
    found = report(env)
    assert (found["home"]["level"], found["home"]["remedy"]) == ("warn", f"chmod go-rwx {home / 'access.sqlite'}")


def test_missing_program_files_are_a_warning(env: dict[str, str], tmp_path: Path) -> None:
    found = report(env | {"CREATORGRAPH_CACHE": str(tmp_path / "cold")})
    assert found["program files"]["level"] == "warn"
    assert "downloads them" in found["program files"]["remedy"]


def test_a_given_database_is_asked(env: dict[str, str], neo4j_env: dict[str, str], graph: AsyncDriver) -> None:
    found = report(env | neo4j_env)
    assert found["database"] == {"subject": "database", "level": "ok", "text": f"{neo4j_env['NEO4J_URI']} answers", "remedy": ""}
    assert found["database's clock"]["level"] == "ok"
    assert found["scores"]["level"] == "warn"


def test_a_database_that_refuses_or_is_absent_must_be_mended(env: dict[str, str], neo4j_env: dict[str, str]) -> None:
    refused = report(env | neo4j_env | {"NEO4J_PASSWORD": "wrong"}, code=1)["database"]
    assert "rejects the user 'neo4j'" in refused["text"]
    absent = report(env | {"NEO4J_URI": "bolt://127.0.0.1:1"}, code=1)["database"]
    assert absent["remedy"].startswith("start it, or unset NEO4J_URI")


def test_trusted_documents_are_checked_each_by_itself(env: dict[str, str], tmp_path: Path) -> None:
    assert report(env)["documents"]["text"] == "no document is named as trusted"
    path = tmp_path / "map.json"
    path.write_text(json.dumps({"who": "# tool: who\n# Who.\n{ viewer { role } }", "one": "{ scoringRuns { nodes { id } } }"}), "utf-8")
    env |= {"CREATORGRAPH_DOCUMENTS": str(path), "CREATORGRAPH_ONLY_TRUSTED_DOCUMENTS": "brand,partner"}
    assert report(env)["documents"]["text"] == "2 trusted, 1 of them tools of agents; keys of the roles brand, partner may run no others"
    path.write_text(json.dumps({"one": "{ nothing }", "two": "{"}), "utf-8")
    result = CliRunner().invoke(app, ["--json"], env=env, catch_exceptions=False)
    found = [each for each in json.loads(result.stdout) if each["subject"] == "documents"]
    assert (result.exit_code, [each["level"] for each in found]) == (1, ["fail", "fail"])
    assert found[0]["text"].startswith(f"{path}: document 'one': Cannot query field 'nothing'")
    assert found[1]["text"].startswith(f"{path}: document 'two': Syntax Error")
    assert all("creatorgraph schema print" in each["remedy"] for each in found)


def test_webhooks_that_are_not_delivered_to_are_a_warning(env: dict[str, str]) -> None:
    assert "webhooks" not in report(env), "nothing is said where there never was one"
    with Deliveries.opened(Path(env["CREATORGRAPH_HOME"])) as store:
        webhook = Webhook.new("k1", "https://example.org/", Content("", {}), position=0, now=1)
        store.create(webhook, most=1)
        assert (report(env)["webhooks"]["level"], report(env)["webhooks"]["text"]) == ("ok", "1 webhook, none of them disabled")
        store.disable(webhook.id, Reason.GONE, "the receiver answered 410", now=2)
        found = report(env)["webhooks"]
    assert (found["level"], f"{webhook.id} is disabled: gone" in found["text"]) == ("warn", True)
