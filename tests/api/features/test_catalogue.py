"""A capability is one folder and its lines in the catalogue: done in a copy, as CONTRIBUTING says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from api.features.catalogue import COMPUTED, FEATURES, FIELD_COSTS
from api.graphql.schema import core

ROOT = Path(__file__).parents[3]
FEATURE = '''
"""Greets whoever asks, and keeps nothing."""

from __future__ import annotations

from typing import Final

import strawberry

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.graphql.execution.field_context import FieldContext
from api.graphql.mutations import Info, mutation
from api.graphql.types.fields import argument, planned


@strawberry.type(description="A greeting.")
class Greeting:
    """Words alone."""

    text: str = planned("The words.")


async def greeting(context: FieldContext) -> Greeting:
    """Return a greeting by name."""
    return Greeting(text=f"Hello, {context.arguments['name']}")


@strawberry.type
class Query:
    """Greetings."""

    greeting: Greeting = planned("A greeting.", argument("name", str, "Whom to greet."))


@strawberry.type(description="The result of a wave.")
class WavePayload:
    """Nothing is kept."""

    waved: bool = strawberry.field(description="Whether it was seen.")


async def wave(info: Info) -> WavePayload:
    """Wave."""
    return WavePayload(waved=True)


@strawberry.type
class Mutation:
    """Waves."""

    wave = mutation(WavePayload, wave, description="Wave.")


EXAMPLES: Final[Examples] = {"analyst": (Example("A greeting", 'query Greeting { greeting(name: "you") { text } }'),)}
FEATURE: Final = Feature(fields={("Query", "greeting"): greeting}, costs={"greeting": 3}, examples=EXAMPLES, query=Query, mutation=Mutation)
'''
SHOWN = """
from api.features.catalogue import COMPUTED, FIELD_COSTS
from api.graphql.schema import core
from api.pages.examples import EXAMPLES
print(core.query_type.fields["greeting"].args["name"].description, core.mutation_type.fields["wave"].description.split(" Null")[0])
print(("Query", "greeting") in COMPUTED, FIELD_COSTS["greeting"], EXAMPLES["analyst"][-1].title)
"""


def test_a_feature_is_one_folder_and_its_lines_in_the_catalogue(tmp_path: Path) -> None:
    for package in ("api", "graph", "scoring"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    folder, catalogue = tmp_path / "api" / "features" / "greeting", tmp_path / "api" / "features" / "catalogue.py"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "feature.py").write_text(FEATURE.lstrip(), "utf-8")
    text = catalogue.read_text("utf-8")
    first = next(line for line in text.splitlines() if line.startswith("from api.features."))
    text = text.replace(first, f"from api.features.greeting import feature as greeting\n{first}", 1)
    catalogue.write_text(text.replace("\n)\n", "\n    greeting.FEATURE,\n)\n", 1), "utf-8")
    shown = subprocess.run([sys.executable, "-c", SHOWN], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert shown.stdout == "Whom to greet. Wave.\nTrue 3 A greeting\n", shown.stderr


def test_every_function_answers_a_field_of_the_schema_and_every_cost_is_of_one() -> None:
    assert len(FEATURES) == len({id(each) for each in FEATURES})
    fields = {(kind, name) for kind in {kind for kind, _ in COMPUTED} for name in core.type_map[kind].fields}  # type: ignore[attr-defined]
    assert set(COMPUTED) <= fields
    names = {name for kind in core.type_map.values() for name in getattr(kind, "fields", {})} | set(core.type_map)
    assert set(FIELD_COSTS) <= names
