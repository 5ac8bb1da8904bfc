"""The generated documents are those that the product would write now, and nothing is left out of them."""

import re
from pathlib import Path
from typing import Final

import pytest

from api.commands import COMMANDS
from api.documents import DOCUMENTS, written
from api.exports.jobs import _told as failure  # pyright: ignore[reportPrivateUsage]
from api.exports.record import OUTDATED, STOPPED
from api.graphql.schema import core
from api.settings import SETTINGS
from graph.errors import GraphError
from graph.model import NODES, TABLES
from scoring import INDICATORS, camel

ROOT: Final = Path(__file__).parents[2]


def text(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_generated_document_is_up_to_date(path: str) -> None:
    assert text(path) == DOCUMENTS[path](), "run `make docs`"


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    assert written(tmp_path) == list(DOCUMENTS)
    assert written(tmp_path) == []


def test_every_command_is_documented_and_in_its_own_words() -> None:
    page = text("docs/cli.md")
    assert [name for name in COMMANDS if f"`creatorgraph {name}`" not in page] == []


def test_every_code_that_an_export_fails_with_is_in_the_guide() -> None:
    own = {STOPPED["code"], OUTDATED["code"], failure(GraphError("full"), "e1")["code"]}
    assert [code for code in sorted(own) if f"`{code}`" not in text("docs/guide.md")] == []


def test_every_setting_is_documented() -> None:
    page = text("docs/settings.md")
    assert [each.env for each in SETTINGS if f"`{each.env}`" not in page] == []


def test_every_indicator_is_in_the_methodology_and_the_readme() -> None:
    methodology, readme = text("docs/methodology.md"), text("README.md")
    assert [each.name for each in INDICATORS if f"## `{each.name}`" not in methodology] == []
    assert [each.name for each in INDICATORS if f"`{camel(each.name)}`" not in readme] == []


def test_every_node_and_table_is_documented() -> None:
    assert [each.label for each in NODES if f"### {each.label}" not in text("docs/graph.md")] == []
    assert [each.name for each in TABLES if f"## {each.name}" not in text("docs/import.md")] == []


def test_every_name_of_the_schema_has_a_description() -> None:
    silent: list[str] = []
    for kind in core.type_map.values():
        if kind.name.startswith("__") or kind.name in ("Boolean", "Float", "ID", "Int", "String"):
            continue
        silent += [kind.name] if not kind.description else []
        for name, member in {**getattr(kind, "fields", {}), **getattr(kind, "values", {})}.items():
            silent += [f"{kind.name}.{name}"] if not member.description else []
            silent += [f"{kind.name}.{name}({key})" for key, each in getattr(member, "args", {}).items() if not each.description]
    assert silent == []


@pytest.mark.parametrize("page", sorted(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]))
def test_links_between_pages_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", text(page))
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []
