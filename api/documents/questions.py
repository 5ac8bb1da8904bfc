"""The questions that come with the product, as a page."""

from __future__ import annotations

from typing import Any, Final

import orjson

from api.documents.markdown import GENERATED, cell, table
from graph.queries.library import QUESTIONS, Question
from graph.queries.parameters import Parameter

HEAD: Final = f"""# Questions

{GENERATED.format(source="graph/queries/library/")}

The questions that analysts ask most, as built-in Cypher queries. Each runs as it is; its
parameters change what it looks at. For analysts and administrators:

```graphql
query {{
  runSavedQuery(name: "rising-creators", parameters: {{ days: 7, region: "US" }}) {{
    columns {{ name type }}
    rows
  }}
}}
```

`savedQueries(search:)` finds them and those that analysts have saved with `saveQuery`; `savedQuery(name:)` shows a text, to start
one's own from. Time is counted back from the current scoring run's date, in whole UTC days; before the first run there are no rows.

"""


def page() -> str:
    """Return the page on all questions, each with its parameters and its text."""
    listed = "\n".join(f"- [{each.name}](#{each.name})" for each in QUESTIONS)
    return f"{HEAD}{listed}\n\n" + "\n".join(map(_section, QUESTIONS))


def _section(question: Question) -> str:
    parameters = table(("parameter", "meaning", "takes", "default"), map(_row, question.parameters))
    return f"## {question.name}\n\n{question.description}\n\n{parameters}\n```cypher\n{question.text.strip()}\n```\n"


def _row(parameter: Parameter) -> tuple[str, str, str, str]:
    return f"`${parameter.name}`", cell(parameter.description), cell(parameter.rule), f"`{_json(parameter.default)}`"


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
