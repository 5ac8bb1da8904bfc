"""The page on the questions that come with the product."""

from __future__ import annotations

from api.documents.questions import page
from graph.queries.library import QUESTIONS


def test_each_question_is_there_with_its_text_and_its_parameters() -> None:
    text = page()
    for each in QUESTIONS:
        assert f"- [{each.name}](#{each.name})" in text
        section = text.partition(f"## {each.name}\n")[2].partition("\n## ")[0]
        assert each.description in section
        assert f"```cypher\n{each.text.strip()}\n```" in section
        assert [line for line in section.splitlines() if line.startswith("| `$")] != []
        assert all(f"| `${parameter.name}` | " in section for parameter in each.parameters)
