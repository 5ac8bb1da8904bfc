"""Operations out of the schema: every field by itself and many at random, with all arguments as variables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_leaf_type,
    is_required_argument,
)

import api

SCHEMA: Final = build_schema((Path(api.__file__).parent / "schema.graphql").read_text("utf-8"))
PAGED: Final = ("first", "last", "after", "before")
CLOSED: Final = (
    *("cypher", "explainCypher", "centrality", "centralityCost", "savedQueries", "savedQuery", "runSavedQuery"),
    *("disclosures", "auditVerification", "erasureRequests"),
)
"""Root fields that brands and partners may not ask."""
EITHER: Final = {
    "Query.portfolio": ("creators", "brief", "briefId"),
    "Query.recommendations": ("brief", "briefId"),
    "Brand.sampleRuleTrial": ("rule", "conditions"),
}
"""Fields that take one of these arguments; at random they are given none or several, too."""
BADLY: Final = 0.1

DEEP: Final = 3
"""Objects below one another in a random selection."""
CANDIDATES: Final = 6
AT_RANDOM: Final = 0.2


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of an operation: its GraphQL type, and the argument that it stands for, as `Type.field(name)`."""

    name: str
    type: str
    argument: str


@dataclass(frozen=True, slots=True)
class Shape:
    """The text of an operation, and its variables."""

    text: str
    variables: tuple[Variable, ...]
    fields: frozenset[str]
    """The fields that it asks for, as `Type.field`."""


@dataclass(slots=True)
class Writer:
    """Writes one operation; the arguments that it needs become variables."""

    rng: Random
    schema: GraphQLSchema = SCHEMA
    variables: list[Variable] = field(default_factory=list[Variable])
    fields: set[str] = field(default_factory=set[str])

    def operation(self, selections: Sequence[str]) -> Shape:
        """Return an operation of these selections."""
        declared = ", ".join(f"${each.name}: {each.type}" for each in self.variables)
        return Shape(
            f"query{f' ({declared})' if declared else ''} {{ {' '.join(selections)} }}", tuple(self.variables), frozenset(self.fields)
        )

    def call(self, parent: str, name: str, of: GraphQLField, *, chance: float, below: str = "") -> str:
        """Return a field with its required arguments, some of the others, and what is selected below."""
        self.fields.add(f"{parent}.{name}")
        paged = {"first", "last"} <= of.args.keys()
        either = () if self.rng.random() < BADLY else EITHER.get(f"{parent}.{name}", ())
        given = [each for each in of.args if is_required_argument(of.args[each]) or self._chosen(parent, name, each, chance, paged)]
        if either:
            given = [each for each in given if each not in either] + [self.rng.choice(either)]
        if paged:
            given += self.rng.choice([["first"], ["first"], ["first", "after"], ["last", "before"], ["last"]])
        arguments = ", ".join(f"{each}: ${self._variable(parent, name, each, of.args[each])}" for each in given)
        return f"{name}{f'({arguments})' if arguments else ''}{below}"

    def _chosen(self, parent: str, name: str, argument: str, chance: float, paged: bool) -> bool:
        """Choose an optional argument; a creator is mostly sought by id, and pages are cut elsewhere."""
        if paged and argument in PAGED:
            return False
        if (parent, name) in (("Query", "creator"), ("Query", "creatorList")):
            return self.rng.random() < (0.95 if argument in ("id", "ids") else 0.04)
        return self.rng.random() < chance

    def _variable(self, parent: str, name: str, key: str, argument: GraphQLArgument) -> str:
        made = Variable(f"v{len(self.variables)}", str(argument.type), f"{parent}.{name}({key})")
        self.variables.append(made)
        return made.name

    def leaves(self, of: Any, most: int = 100) -> list[str]:
        """Return the fields of a type that hold plain values, at most so many."""
        fields = (
            [] if is_abstract_type(of) else [(name, each) for name, each in of.fields.items() if is_leaf_type(get_named_type(each.type))]
        )
        return [self.call(of.name, name, each, chance=0.5) for name, each in fields[:most]]

    def whole(self, of: Any, deep: int) -> str:
        """Return a selection of all plain fields, of objects that are parts of it, and above the ground of one that is linked."""
        if is_abstract_type(of):
            kinds = self.rng.sample(self.schema.get_possible_types(of), 3)
            return "{ __typename " + " ".join(f"... on {each.name} {self._alone(each)}" for each in kinds) + " }"
        objects = {name: each for name, each in of.fields.items() if is_composite_type(get_named_type(each.type))}
        parts = [name for name, each in objects.items() if not each.args and not _is_node(get_named_type(each.type))]
        linked = sorted(objects.keys() - set(parts))
        chosen = parts + (self.rng.sample(linked, min(1, len(linked))) if deep > 1 else []) if deep > 0 else []
        return "{ " + " ".join(["__typename", *self.leaves(of), *(self.below(of, name, objects[name], deep) for name in chosen)]) + " }"

    def _alone(self, of: GraphQLObjectType) -> str:
        """Return a type's plain fields under names of their own: fields of several types would be in each other's way."""
        return "{ " + " ".join(f"{of.name.lower()}_{line.split('(')[0]}: {line}" for line in self.leaves(of)) + " }"

    def below(self, of: Any, name: str, each: GraphQLField, deep: int, chance: float = 0.4) -> str:
        """Return a field that holds objects; connections are opened down to their rows."""
        inner = get_named_type(each.type)
        if isinstance(inner, GraphQLObjectType) and "pageInfo" in inner.fields:
            return self.call(of.name, name, each, chance=chance, below=" " + self._page(inner, deep))
        return self.call(of.name, name, each, chance=chance, below=" " + self.whole(inner, deep - 1))

    def _page(self, of: GraphQLObjectType, deep: int) -> str:
        """Return a page, by its edges or by its nodes, and now and then with the rest."""
        rows = self.rng.choice(["edges", "nodes"])
        rest = ["totalCount"] if "totalCount" in of.fields and self.rng.random() < 0.5 else []
        info = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }" if self.rng.random() < 0.6 else ""
        self.fields.update(f"{of.name}.{each}" for each in (rows, *rest, *(["pageInfo"] if info else [])))
        self.fields.update(f"PageInfo.{each}" for each in info.split()[2:-1])
        parts = [name for name in of.fields if name not in ("edges", "nodes", "pageInfo", "totalCount")]
        beside = [self._beside(of, name, of.fields[name]) for name in parts]
        inner = get_named_type(of.fields[rows].type)
        return f"{{ __typename {' '.join(rest)} {info} {' '.join(beside)} {rows} {self._rows(inner, deep)} }}"

    def _beside(self, of: GraphQLObjectType, name: str, each: GraphQLField) -> str:
        """Return what a connection tells beside its rows: a plain value, or an object."""
        plain = is_leaf_type(get_named_type(each.type))
        return self.call(of.name, name, each, chance=0.5) if plain else self.below(of, name, each, 1)

    def _rows(self, of: Any, deep: int) -> str:
        if not of.name.endswith("Edge"):
            return self.whole(of, deep - 1)
        self.fields.add(f"{of.name}.node")
        node = f"node {self.whole(get_named_type(of.fields['node'].type), deep - 1)}"
        parts = [name for name, each in of.fields.items() if name != "node" and is_composite_type(get_named_type(each.type))]
        return "{ " + " ".join(["__typename", *self.leaves(of), *(self.below(of, name, of.fields[name], 1) for name in parts), node]) + " }"


def shapes(seed: int, *, read: Set[str] = frozenset()) -> Iterator[Shape]:
    """Yield operations without end: to each field on a way from a root, and from a root at random.

    Of a few that might come next, that one comes which asks for most of what is not in `read`, which may grow meanwhile; what was
    asked for in vain counts less each time.
    """
    rng, asked = Random(seed), Counter[str]()
    roots = _roots()
    ways = _ways(roots)
    queue: list[Way] = []

    def one() -> Shape:
        nonlocal queue
        if rng.random() < AT_RANDOM:
            return _of_root(Writer(rng), rng.choice(list(roots.items())))
        queue = queue or rng.sample(ways, len(ways))
        return _along(Writer(rng), queue.pop())

    while True:
        chosen = max((one() for _ in range(CANDIDATES)), key=lambda shape: sum(1 / (1 + asked[each]) for each in shape.fields - read))
        asked.update(chosen.fields)
        yield chosen


def _roots() -> dict[str, GraphQLField]:
    assert SCHEMA.query_type is not None
    return {name: each for name, each in SCHEMA.query_type.fields.items() if name not in CLOSED}


Way = tuple[tuple[str, str, GraphQLField], ...]
"""Fields from a root to one that is looked at: parent type, name, field."""


def _ways(roots: dict[str, GraphQLField]) -> list[Way]:
    """Return a shortest way to each field that holds objects; plain ones are read with them."""
    found: dict[str, Way] = {}
    waiting: list[Way] = [(("Query", name, each),) for name, each in roots.items()]
    ways: list[Way] = []
    while waiting:
        way = waiting.pop(0)
        ways.append(way)
        of = get_named_type(way[-1][2].type)
        if of.name in found or is_leaf_type(of):
            continue
        found[of.name] = way
        kinds = [of] if isinstance(of, GraphQLObjectType) else list(SCHEMA.get_possible_types(of))  # pyright: ignore[reportArgumentType]
        for kind in kinds if len(kinds) == 1 else []:
            below = [(kind.name, name, each) for name, each in kind.fields.items() if is_composite_type(get_named_type(each.type))]
            waiting += [(*way, each) for each in below if each[1] != "node" or kind.name.endswith("Edge")]
    return ways


def _along(writer: Writer, way: Way) -> Shape:
    """Return an operation that leads to a field and selects all that is plain below it."""
    parent, name, last = way[-1]
    text = writer.below(SCHEMA.type_map[parent], name, last, 2, chance=0.5)
    for parent, name, each in reversed(way[:-1]):
        beside = ["__typename"] if parent == "Query" else ["__typename", *writer.leaves(get_named_type(each.type), 1)]
        text = writer.call(parent, name, each, chance=0.3, below=f" {{ {' '.join(beside)} {text} }}")
    return writer.operation([text])


def _of_root(writer: Writer, root: tuple[str, GraphQLField]) -> Shape:
    return writer.operation([writer.below(SCHEMA.query_type, root[0], root[1], DEEP)])


def _is_node(of: Any) -> bool:
    return isinstance(of, GraphQLObjectType) and any(each.name == "Node" for each in of.interfaces)
