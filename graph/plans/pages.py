"""Relay pages: how many rows, from where, which way; and the page's answer around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from graph.plans.errors import InvalidValue
from graph.plans.inputs import Inputs, resolved
from graph.plans.orders import Order
from graph.plans.parts import Finish, Finishing, Part, in_list, in_map
from graph.plans.selection import Pick, Selection
from graph.plans.sights import where
from graph.plans.writer import Row, quoted

TREES: Final = ("nodes", "edges")
DEFAULT_PAGE: Final = 20
EdgeMember = Callable[[Pick, Row], Part]


@dataclass(frozen=True, slots=True)
class Source:
    """Rows to page through: clauses that bring them, predicates that keep them, their order.

    `distinct` is needed where the same node is reached more than once; `edge` has members of an edge beside node and cursor.
    `alone` brings rows that are enough to count where there are no predicates; `facets` counts rows by value, where the list has that.
    """

    match: str
    predicates: tuple[str, ...]
    order: Order
    type_name: str
    distinct: bool = False
    carried: tuple[str, ...] = ()
    alone: str = ""
    edge: Mapping[str, EdgeMember] = field(default_factory=dict[str, EdgeMember])
    facets: Callable[[Pick], Part] | None = None

    def all_predicates(self) -> list[str]:
        """Return the predicates that keep the rows of the whole list."""
        return [*self.predicates, *([self.order.opening] if self.order.opening else [])]


def page(pick: Pick, source: Source, row: Row) -> Part:
    """Return a connection: its rows as maps under the answer's keys, and what Python adds around them."""
    window = _Window.of(pick.arguments)
    info = [each for each in pick.child.picks if each.name == "pageInfo"]
    rows = [each for each in pick.child.picks if each.name in TREES]
    if info and len(rows) == 1:
        return _with_places(pick, source, row, window)
    parts = {each.key: _connection_part(each, source, row, window) for each in pick.child.picks}
    entries = ", ".join(f"{quoted(key)}: {part.expression}" for key, part in parts.items())
    return Part(f"{{{entries}}}", in_map(list(parts), {key: part.finish for key, part in parts.items() if part.finish}))


def _with_places(pick: Pick, source: Source, row: Row, window: _Window) -> Part:
    """Return a connection whose page info is made from the places that come with its rows, and with one row more."""
    entries: list[str] = []
    infos: list[Pick] = []
    key, each_finish = "", None
    finishes: dict[str, Finish] = {}
    for each in pick.child.picks:
        if each.name == "pageInfo":
            infos.append(each)
        elif each.name in TREES:
            part = _placed_rows(each, source, row, window)
            key, each_finish = each.key, part.finish
            entries.append(f"{quoted(each.key)}: {part.expression}")
        else:
            part = _connection_part(each, source, row, window)
            entries.append(f"{quoted(each.key)}: {part.expression}")
            if part.finish:
                finishes[each.key] = part.finish

    def finish(value: Any, finishing: Finishing) -> Any:
        shown = _Shown.of(value[key], window, finishing)
        value[key] = [each_finish(tree, finishing) if each_finish else tree for _, tree in shown.rows]
        places = _Shown([place for place, _ in shown.rows], shown.beyond)
        value |= {name: other(value[name], finishing) for name, other in finishes.items()}
        value |= {each.key: _page_info(each.child, source.order, window, places, finishing) for each in infos}
        return {each.key: value[each.key] for each in pick.child.picks}

    return Part("{" + ", ".join(entries) + "}", finish)


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
    return rows_of_page(*source, most=inputs.largest_page)


def rows_of_page(first: int | None, last: int | None, *, most: int) -> int:
    """Return how many rows a page has; InvalidValue for both at once, for negative and for too large ones."""
    if first is not None and last is not None:
        raise InvalidValue(f"first: {first} and last: {last} cannot be combined; use only one of them")
    size = first if first is not None else DEFAULT_PAGE if last is None else last
    if not 0 <= size <= most:
        raise InvalidValue(f"{size} rows were requested; a page has 0 to {most} rows: request fewer, and continue with `after`")
    return size


def one_more(source: Any, inputs: Inputs) -> int:
    """(first, last) → one row more than the page, to know whether there is a next one."""
    return page_size(source, inputs) + 1


def _connection_part(pick: Pick, source: Source, row: Row, window: _Window) -> Part:
    match pick.name:
        case "totalCount":
            return Part(_total(source))
        case "pageInfo":
            return _info_alone(pick, source, row, window)
        case "facets":
            return source.facets(pick) if source.facets else Part("null")
        case "__typename":
            return Part(f"'{source.type_name}Connection'")
        case _:
            return _rows(pick, source, row, window)


def _tree(pick: Pick, source: Source, row: Row) -> tuple[Row, Part]:
    """Return a row of its own for the page's tree, and the tree: of the node, or of the edge."""
    inner = row.branch()
    return inner, inner.map(pick.child) if pick.name == "nodes" else _edge(pick.child, source, inner)


def _rows(pick: Pick, source: Source, row: Row, window: _Window) -> Part:
    """Return the page's rows, each as its tree."""
    inner, part = _tree(pick, source, row)
    listed = _collected([*_cut(source, row, window, more=False), *inner.lets, f"RETURN {part.expression} AS item"])
    return Part(f"reverse({listed})" if window.backward else listed, in_list(part.finish))


def _placed_rows(pick: Pick, source: Source, row: Row, window: _Window) -> Part:
    """Return the page's rows and one more, each as its place and its tree, in the order in which they are sought."""
    inner, part = _tree(pick, source, row)
    returned = f"RETURN [{_place(source)}, {part.expression}] AS item"
    return Part(_collected([*_cut(source, row, window, more=True), *inner.lets, returned]), part.finish)


def _info_alone(pick: Pick, source: Source, row: Row, window: _Window) -> Part:
    def finish(places: Any, finishing: Finishing) -> Any:
        return _page_info(pick.child, source.order, window, _Shown.of(places, window, finishing), finishing)

    return Part(_collected([*_cut(source, row, window, more=True), f"RETURN {_place(source)} AS item"]), finish)


def _cut(source: Source, row: Row, window: _Window, *, more: bool) -> list[str]:
    """Return the clauses that bring one page of rows, in order."""
    limit = row.writer.bind(list(window.size), one_more if more else page_size)
    begun = window.after is not None or window.before is not None
    predicates = [*source.predicates] if begun else source.all_predicates()
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
    match = source.match if source.predicates or not source.alone else source.alone
    clauses = [match, *([each] if (each := where(source.all_predicates())) else []), counted]
    return "COUNT {\n" + _indented(clauses) + "\n}"


def _edge(selection: Selection, source: Source, row: Row) -> Part:
    entries: list[str] = []
    finishes: dict[str, Finish] = {}
    for pick in selection.picks:
        part = _edge_part(pick, source, row)
        entries.append(f"{quoted(pick.key)}: {part.expression}")
        if part.finish:
            finishes[pick.key] = part.finish
    shows = row.kind == "Creator" and row.shows
    if shows:
        entries.append(row.shown)
    return Part("{" + ", ".join(entries) + "}", in_map([each.key for each in selection.picks], finishes, shows=shows))


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


class _Shown(NamedTuple):
    """The rows of a page in the order of the list, and whether there are more on the far side."""

    rows: list[Any]
    beyond: bool

    @classmethod
    def of(cls, found: list[Any], window: _Window, finishing: Finishing) -> _Shown:
        """Cut what was sought with one row more; backwards it was sought from the end."""
        size = page_size(resolved(list(window.size), finishing.inputs.values), finishing.inputs)
        rows = found[:size]
        return cls(rows[::-1] if window.backward else rows, len(found) > size)


def _page_info(selection: Selection, order: Order, window: _Window, places: _Shown, finishing: Finishing) -> dict[str, Any]:
    """Return page info from the places of a page; the side that the page was cut from counts as having more."""
    ends, beyond = places
    facts = {
        "hasNextPage": window.before is not None if window.backward else beyond,
        "hasPreviousPage": beyond if window.backward else window.after is not None,
        "startCursor": order.cursor(ends[0], finishing.inputs) if ends else None,
        "endCursor": order.cursor(ends[-1], finishing.inputs) if ends else None,
        "__typename": "PageInfo",
    }
    return {each.key: facts[each.name] for each in selection.picks}


def _collected(clauses: list[str]) -> str:
    return "COLLECT {\n" + _indented(clauses) + "\n}"


def _indented(clauses: list[str]) -> str:
    return "\n".join("  " + line for clause in clauses for line in clause.split("\n"))
