"""Relay pages: how many rows, from where, which way; and the page's answer around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graph.plans.errors import InvalidValue
from graph.plans.inputs import Inputs, resolved
from graph.plans.orders import Order
from graph.plans.parts import Finish, Finishing, Part, in_list, in_map
from graph.plans.selection import Pick, Selection
from graph.plans.sights import where
from graph.plans.writer import Row, quoted

ROWS: Final = "rows"
DEFAULT_PAGE: Final = 20
EdgeMember = Callable[[Pick, Row], Part]


@dataclass(frozen=True, slots=True)
class Source:
    """Rows to page through: clauses that bring them, predicates that keep them, their order.

    `distinct` is needed where the same node is reached more than once; `edge` has members of an edge beside node and cursor.
    """

    match: str
    predicates: tuple[str, ...]
    order: Order
    type_name: str
    distinct: bool = False
    carried: tuple[str, ...] = ()
    edge: Mapping[str, EdgeMember] = field(default_factory=dict[str, EdgeMember])


def page(pick: Pick, source: Source, row: Row) -> Part:
    """Return a connection: its rows as maps under the answer's keys, and what Python adds around them."""
    window = _Window.of(pick.arguments)
    parts = [_connection_part(each, source, row, window) for each in pick.child.picks if each.name not in ("pageInfo",)]
    info = [each for each in pick.child.picks if each.name == "pageInfo"]
    names = [each.key for each in pick.child.picks if each.name not in ("pageInfo",)]
    entries = [f"{quoted(name)}: {part.expression}" for name, part in zip(names, parts, strict=True)]
    finishes = {name: part.finish for name, part in zip(names, parts, strict=True) if part.finish}
    for each in info:
        entries.append(f"{quoted(each.key)}: {_places(source, row, window)}")
        finishes[each.key] = _page_info(each.child, source.order, window)
    return Part("{" + ", ".join(entries) + "}", in_map(finishes))


@dataclass(frozen=True, slots=True)
class _Window:
    """The arguments first, after, last and before of one connection."""

    first: Any
    after: Any
    last: Any
    before: Any

    @classmethod
    def of(cls, arguments: Mapping[str, Any]) -> _Window:
        return cls(*(arguments.get(name) for name in ("first", "after", "last", "before")))

    @property
    def backward(self) -> bool:
        return self.last is not None

    @property
    def size(self) -> tuple[Any, Any]:
        return (self.first, self.last)


def page_size(source: Any, inputs: Inputs) -> int:
    """(first, last) → rows of a page; refuses both at once, negative and too large ones."""
    first, last = source
    if first is not None and last is not None:
        raise InvalidValue(f"first: {first} and last: {last} contradict each other; give one of them")
    size: int = first if first is not None else DEFAULT_PAGE if last is None else last
    if not 0 <= size <= inputs.largest_page:
        raise InvalidValue(f"{size} rows are asked for; a page has 0 to {inputs.largest_page}; ask for fewer and follow the cursors")
    return size


def one_more(source: Any, inputs: Inputs) -> int:
    """(first, last) → one row more than the page, to know whether there is a next one."""
    return page_size(source, inputs) + 1


def _connection_part(pick: Pick, source: Source, row: Row, window: _Window) -> Part:
    match pick.name:
        case "totalCount":
            return Part(_total(source))
        case "nodes":
            return _rows(lambda inner: inner.map(pick.child), source, row, window)
        case "edges":
            return _rows(lambda inner: _edge(pick.child, source, inner), source, row, window)
        case _:
            return Part(f"'{source.type_name}Connection'")


def _rows(tree: Callable[[Row], Part], source: Source, row: Row, window: _Window) -> Part:
    """Return the page's rows, each as the tree that `tree` writes."""
    inner = Row(row.writer, row.kind, row.node, [], dict(row.cards))
    part = tree(inner)
    clauses = [*_cut(source, row, window, more=False), *inner.lets, f"RETURN {part.expression} AS item"]
    listed = "COLLECT {\n" + _indented(clauses) + "\n}"
    return Part(f"reverse({listed})" if window.backward else listed, in_list(part.finish))


def _cut(source: Source, row: Row, window: _Window, *, more: bool) -> list[str]:
    """Return the clauses that bring one page of rows, in order."""
    limit = row.writer.bind(list(window.size), one_more if more else page_size)
    predicates = [*source.predicates]
    for cursor, before in ((window.after, False), (window.before, True)):
        if cursor is not None:
            places = [row.writer.bind(cursor, source.order.place(part)) for part in range(len(source.order.keys))]
            predicates += source.order.beyond(places, before=before)
    kept = ", ".join(source.carried)
    return [
        source.match,
        *([each] if (each := where(predicates)) else []),
        f"WITH {'DISTINCT ' if source.distinct else ''}{kept}",
        f"ORDER BY {source.order.by(backward=window.backward)}",
        f"LIMIT {limit}",
    ]


def _total(source: Source) -> str:
    counted = f"RETURN DISTINCT {source.carried[0]}" if source.distinct else f"RETURN {source.carried[0]}"
    clauses = [source.match, *([each] if (each := where(list(source.predicates))) else []), counted]
    return "COUNT {\n" + _indented(clauses) + "\n}"


def _edge(selection: Selection, source: Source, row: Row) -> Part:
    entries: list[str] = []
    finishes: dict[str, Finish] = {}
    for pick in selection.picks:
        part = _edge_part(pick, source, row)
        entries.append(f"{quoted(pick.key)}: {part.expression}")
        if part.finish:
            finishes[pick.key] = part.finish
    return Part("{" + ", ".join(entries) + "}", in_map(finishes))


def _edge_part(pick: Pick, source: Source, row: Row) -> Part:
    match pick.name:
        case "node":
            return row.map(pick.child)
        case "cursor":
            return Part(_place(source), _cursor(source.order))
        case "__typename":
            return Part(f"'{source.type_name}Edge'")
        case _:
            return source.edge[pick.name](pick, row)


def _place(source: Source) -> str:
    return "[" + ", ".join(each.expression for each in source.order.keys) + "]"


def _cursor(order: Order) -> Finish:
    def finish(place: Any, finishing: Finishing) -> Any:
        return order.cursor(place, finishing.inputs)

    return finish


def _places(source: Source, row: Row, window: _Window) -> str:
    """Return the places of a page's rows and of one beyond, which page info is made from."""
    listed = [*_cut(source, row, window, more=True), f"RETURN {_place(source)} AS place"]
    return "COLLECT {\n" + _indented(listed) + "\n}"


def _page_info(selection: Selection, order: Order, window: _Window) -> Finish:
    """Return what makes page info of places; the side that the page was cut from counts as having more."""

    def finish(places: Any, finishing: Finishing) -> Any:
        inputs = finishing.inputs
        size = page_size(resolved(list(window.size), inputs.values), inputs)
        shown, beyond = places[:size], len(places) > size
        ends = shown[:: -1 if window.backward else 1]
        facts = {
            "hasNextPage": window.before is not None if window.backward else beyond,
            "hasPreviousPage": beyond if window.backward else window.after is not None,
            "startCursor": order.cursor(ends[0], inputs) if ends else None,
            "endCursor": order.cursor(ends[-1], inputs) if ends else None,
            "__typename": "PageInfo",
        }
        return {each.key: facts[each.name] for each in selection.picks}

    return finish


def _indented(clauses: list[str]) -> str:
    return "\n".join("  " + line for clause in clauses for line in clause.split("\n"))
