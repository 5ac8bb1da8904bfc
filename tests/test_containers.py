"""What the files for containers promise; they cannot be run here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from graph.server.configuration import SETTINGS
from graph.server.lock import NEO4J_VERSION

ROOT: Final = Path(__file__).parents[1]
COMPOSE: Final = (ROOT / "docker-compose.yml").read_text("utf-8")
DOCKERFILE: Final = (ROOT / "Dockerfile").read_text("utf-8")


def set_to(name: str) -> str | None:
    """Return what compose sets a setting of the database's to, by the name that its image derives the setting from."""
    variable = "NEO4J_" + name.replace("_", "__").replace(".", "_")
    found = re.search(rf"^ +{variable}: (.*)$", COMPOSE, re.MULTILINE)
    return found[1].strip('"') if found else None


def test_the_database_is_bounded_as_the_private_one_is() -> None:
    assert set_to("db.memory.transaction.max") == "512m"
    assert set_to("dbms.memory.transaction.total.max") == "768m"
    for name in (
        "dbms.security.procedures.unrestricted",
        "dbms.security.allow_csv_import_from_file_urls",
        "internal.dbms.cypher_ip_blocklist",
    ):
        assert set_to(name) == SETTINGS[name]
    assert (set_to("dbms.security.procedures.allowlist") or "").split(",") == ["db.*", "dbms.components"]


def test_no_password_stands_in_the_arguments_of_a_process() -> None:
    (check,) = re.findall(r"cypher-shell [^\n]*", COMPOSE.split("healthcheck:")[1])[1:2]
    assert not re.search(r"-p\b|--password", check)


def test_the_demo_is_asked_for_by_name() -> None:
    services = re.split(r"^  (\w+):.*$", COMPOSE.split("services:")[1].split("\nnetworks:")[0], flags=re.MULTILINE)
    told = dict(zip(services[1::2], services[2::2], strict=True))
    assert [name for name, text in told.items() if "--demo" in text] == ["demo"]
    assert "profiles: [demo]" in told["demo"]


def test_images_of_others_are_fixed_by_digest() -> None:
    (database, _) = re.findall(r"^ +image: (.*)$", COMPOSE, re.MULTILINE)
    (python,) = re.findall(r"^ARG PYTHON_IMAGE=(.*)$", DOCKERFILE, re.MULTILINE)
    assert re.fullmatch(rf"\$\{{NEO4J_IMAGE:-neo4j:{re.escape(NEO4J_VERSION)}-community@sha256:[0-9a-f]{{64}}\}}", database)
    assert re.fullmatch(r"python:3\.13\.\d+-slim-trixie@sha256:[0-9a-f]{64}", python)
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {"${PYTHON_IMAGE}"}
