from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from api.settings import Settings
from api.trusted.documents import read
from api.trusted.manifest import DocumentsRefused, documents
from tests.api.trusted.manifests import ONE, TOOL, WHO, apollo, digest, graphql, relay, written


def test_each_format_is_read_and_a_document_is_known_by_id_and_hash(tmp_path: Path) -> None:
    sources = (apollo(tmp_path, WHO), relay(tmp_path, ONE), graphql(tmp_path, reports__best=TOOL))
    trusted = read(Settings(documents=sources))
    assert len(trusted) == 3
    assert [trusted.text(name) for name in (digest(WHO), f"sha256:{digest(WHO)}")] == [WHO, WHO]
    relays = hashlib.md5(ONE.encode(), usedforsecurity=False).hexdigest()
    assert [trusted.text(name) for name in (relays, f"sha256:{digest(ONE)}")] == [ONE, ONE]
    assert [trusted.text(name) for name in ("reports/best", digest(TOOL), "best")] == [TOOL, TOOL, None]
    assert [trusted.trust(text) for text in (WHO, ONE, TOOL, WHO + " ")] == [True, True, True, False]


def test_a_document_may_be_in_several_manifests(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    assert len(documents((apollo(tmp_path, WHO, ONE), apollo(tmp_path / "app", WHO)))) == 2


MANIFEST = {"format": "apollo-persisted-query-manifest", "version": 1, "operations": []}
REFUSED = [
    ([1], "m.json is no manifest; CREATORGRAPH_DOCUMENTS takes Apollo's manifest"),
    ({"a": 1}, "m.json is no manifest"),
    (MANIFEST | {"version": 2}, "m.json is a manifest of version 2; write version 1"),
    (MANIFEST | {"operations": [{"id": "a"}]}, "m.json: operation 1 has no id or no body"),
    ({digest(ONE): WHO}, f"m.json: document '{digest(ONE)}': its id is a SHA-256, and not that of its text ({digest(WHO)}); write"),
    ({"": WHO}, "its id has 0 characters; give one of 1 to 200"),
    ({"a": "query A { nothing }"}, "m.json: document 'a': Cannot query field 'nothing' on type 'Query'. (line 1, column 11); correct"),
    ({"a": "query A {"}, "m.json: document 'a': Syntax Error: Expected Name, found <EOF>. (line 1, column 10); correct"),
    ({"a": "fragment F on Creator { id }"}, "m.json: document 'a': it has no operation; correct"),
    ({"a": "{ " + "creators { nodes { collaborations { nodes { brand { creators { nodes { id " + "}" * 10}, "; correct the document"),
    ({"a": "query A { viewer { role } } query B { nothing }"}, "Cannot query field 'nothing'"),
    ({"a": "{ a: " + "viewer { brands { products { nodes { " * 6}, "Syntax Error"),
    ({"a": "# tool: best creators\n# Words.\n" + WHO}, "tool 'best creators': a tool's name begins with a letter"),
    ({"a": "# tool: whoami\n# Words.\n" + WHO}, "tool 'whoami': this service has a tool of this name itself; rename it"),
    ({"a": "# tool: who\n" + WHO}, "tool 'who': it has no description, by which agents know"),
    ({"a": "# tool: who\n# roles: boss\n# Words.\n" + WHO}, "there is no role 'boss'; roles are admin, analyst"),
    ({"a": "# tool: who\n# $name: Whose.\n# Words.\n" + WHO}, "it has no variable $name; its variables are none"),
    ({"a": "# tool: change\n# Words.\nmutation M { __typename }"}, "tool 'change': a tool is one query"),
    ({"a": "# tool: who\n# A.\n" + WHO, "b": "# tool: who\n# B.\n" + WHO}, "asks for the same name; rename one of them"),
    (MANIFEST | {"operations": [{"id": "a", "body": WHO, "tool": {"nom": "who"}}]}, "operation 1: `tool` must be an object with name"),
    (MANIFEST | {"operations": [{"id": "a", "body": WHO, "tool": {"name": "who", "roles": "brand"}}]}, "`roles` a list of texts"),
]


@pytest.mark.parametrize(("content", "said"), REFUSED)
def test_what_cannot_be_served_is_told_with_file_document_and_remedy(tmp_path: Path, content: Any, said: str) -> None:
    with pytest.raises(DocumentsRefused) as refused:
        read(Settings(documents=(written(tmp_path / "m.json", content),)))
    assert said in refused.value.message
    assert str(tmp_path / "m.json") in refused.value.message
    assert "; " in refused.value.message


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    (tmp_path / "latin.json").write_bytes(b'{"a": "\xe9"}')
    (tmp_path / "broken.json").write_text("{")
    for name, said in {
        "absent.json": "cannot be read (No such file or directory)",
        "none": "has no .graphql files",
        "latin.json": "is not UTF-8",
        "broken.json": "is not JSON",
    }.items():
        with pytest.raises(DocumentsRefused) as refused:
            documents((tmp_path / name,))
        assert said in refused.value.message
        assert name in refused.value.message


def test_two_texts_do_not_share_an_id(tmp_path: Path) -> None:
    sources = (written(tmp_path / "a.json", {"x": WHO}), written(tmp_path / "b.json", {"x": ONE}))
    with pytest.raises(DocumentsRefused, match=r"b\.json: document 'x' has the id of .*a\.json: document 'x', and another text"):
        documents(sources)


def test_nothing_can_be_asked_where_only_trusted_documents_may_be_and_there_are_none() -> None:
    with pytest.raises(DocumentsRefused, match="there are no trusted documents; name a manifest in CREATORGRAPH_DOCUMENTS"):
        read(Settings(only_trusted_documents=frozenset({"brand"})))


def test_several_mistakes_are_counted(tmp_path: Path) -> None:
    with pytest.raises(DocumentsRefused, match="2 more: `creatorgraph doctor` lists them"):
        read(Settings(documents=(written(tmp_path / "m.json", {each: f"{{ {each} }}" for each in ("a", "b", "c")}),)))


def test_a_tool_is_asked_for_in_comments_in_a_manifest_or_in_descriptions(tmp_path: Path) -> None:
    described = '"""Who you are."""\nquery Described("""Whom to look at.""" $id: ID!) { node(id: $id) { id } viewer { role } }'
    asked = {"Described": {"name": "described"}, "Who": {"name": "who", "title": "You", "description": "Your role.", "roles": ["brand"]}}
    written(
        tmp_path / "m.json",
        MANIFEST
        | {
            "operations": [
                {"id": "d", "name": "Described", "body": described, "tool": asked["Described"]},
                {"id": "w", "name": "Who", "body": WHO, "tool": asked["Who"]},
                {"id": "o", "name": "One", "body": ONE},
            ]
        },
    )
    best, first, second = read(Settings(documents=(graphql(tmp_path, best=TOOL), tmp_path / "m.json"))).tools
    assert (best.name, best.title, best.description, best.roles) == (
        "best_creators",
        "Best creators of a region",
        "The creators who sell best in a region, best first.",
        {"partner", "analyst"},
    )
    assert best.words == {"region": "The region's code, such as US."}
    assert (first.title, first.description, first.words, first.roles) == (
        "Described",
        "Who you are.",
        {"id": "Whom to look at."},
        None,
    )
    assert (second.title, second.description, second.roles) == ("You", "Your role.", {"brand"})
