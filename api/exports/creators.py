"""A list of creators as a source: what `creators` answers the viewer, page after page, of one scoring run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from api.access.viewer import Viewer
from api.error_mapping import translated
from api.errors import BadUserInput
from api.exports.creator_columns import Shown, shown_by
from api.graphql.cost.conditions import cost_of
from api.graphql.execution.operations import Operation, RequestRefused, operation
from api.graphql.execution.request import GraphQLRequest
from api.graphql.execution.roots import Reading as Asking
from api.graphql.execution.variables import Variables, variables
from graph.exports import Reading, Role, Row, Sheet, run_of
from graph.exports.colours import Colour
from graph.plans.errors import PlanError
from graph.plans.parts import Failure

if TYPE_CHECKING:
    from api.exports.order import Order
    from api.graphql.execution.request import ReadState

COLUMNS: Final = ("score", "followers", "region")
"""What an order without columns has."""

DECLARED: Final = {
    "window": "Window",
    "category": "ID",
    "by": "Indicator",
}
ALWAYS: Final = (
    "$filter: CreatorFilter, $sort: [CreatorOrder!], $excludeFlagged: Boolean!, $first: Int!, $after: String, $counted: Boolean!"
)
LIST: Final = "creators(filter: $filter, sort: $sort, excludeFlagged: $excludeFlagged, first: $first, after: $after)"
PAGE: Final = "totalCount @include(if: $counted) pageInfo { hasNextPage endCursor }"
FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes a cell that begins so for."""


@dataclass(frozen=True, slots=True)
class Creators:
    """The source of a list; its first page is read already, so that it is known how long it is. `plain` rows are for spreadsheets."""

    pages: _Pages
    first: Mapping[str, Any]
    shown: tuple[Shown, ...]
    by: str
    plain: bool

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The one sheet."""
        return (Sheet("creators", Role.ROWS, tuple(column for each in self.shown for column in each.columns)),)

    @property
    def facts(self) -> Mapping[str, str | int]:
        """The scoring run, where there is one."""
        run = self.pages.asking.run
        return {} if run is None else {"run": run.id, "asOf": run.as_of}

    @property
    def colours(self) -> Mapping[str, Colour]:
        """None: a table has no colours."""
        return {}

    @property
    def named(self) -> frozenset[str]:
        """Whose scores, or what is made of them, the pages that were read so far show, by own ids."""
        return frozenset(self.pages.asking.shown)

    async def size(self) -> int:
        """Return how many creators there are."""
        return self.first["totalCount"]

    async def batches(self, sheet: Sheet) -> AsyncIterator[list[Row]]:
        """Yield the creators in the order asked for; RunDropped where the run has gone meanwhile."""
        page = self.first
        while page["nodes"]:
            yield [self._row(node) for node in page["nodes"]]
            if not page["pageInfo"]["hasNextPage"]:
                break
            page = await self.pages.page(page["pageInfo"]["endCursor"])
        if self.pages.asking.run is not None:
            await run_of(self.pages.reading, self.pages.asking.run.id)

    def _row(self, node: Mapping[str, Any]) -> Row:
        cells = [cell for each in self.shown for cell in each.cells(node, self.by)]
        return [_unmistaken(cell) for cell in cells] if self.plain else cells


@dataclass(frozen=True, slots=True)
class _Pages:
    """Asks for pages as the viewer would, all of one run."""

    asking: Asking
    values: Mapping[str, Any]
    reading: Reading

    async def page(self, after: str | None) -> Mapping[str, Any]:
        """Return a page, with the number of all rows where it is the first; the error of whatever in it cannot be answered."""
        return await self.answer(after=after, counted=after is None)

    async def answer(self, **more: Any) -> Mapping[str, Any]:
        """Return what the list answers with some values more."""
        given = variables(self.asking.operation.definition, {**self.values, **more})
        asking = replace(self.asking, variables=given, inputs=replace(self.asking.inputs, values=given.values), failures=[])
        ((key, nodes),) = asking.roots().items()
        found = await asking.answer(key, nodes)
        if isinstance(found, Failure):
            raise _told(found.error)
        if asking.failures:
            raise _told(asking.failures[0].error)
        return found


async def creators_of(order: Order, viewer: Viewer, state: ReadState, reading: Reading) -> Creators:
    """Return the creators that an order asks for, as the viewer sees them; ApiError for what `creators` refuses."""
    shown, by = shown_by(order.options.get("columns", COLUMNS), _by(order)), _by(order)
    asked, given = _asked(order, shown, state)
    pages = _Pages(Asking.of(asked, given, viewer, state), _values(order, state), reading)
    return Creators(pages, await pages.page(None), shown, by, plain=order.format == "csv")


async def refuse_unfit(order: Order, viewer: Viewer, state: ReadState, reading: Reading) -> None:
    """Raise what `creators` refuses the viewer: values of other types, filters beyond its bounds, nodes that are not there or not shown."""
    try:
        asked, given = _asked(order, shown_by(order.options.get("columns", COLUMNS), _by(order)), state)
    except RequestRefused as error:
        raise BadUserInput(f"options: {error.message.rstrip('.')}; give filter and sort as variables of `creators` have them") from error
    # What is refused of a creator's own fields is an error of the row that has them.
    await _Pages(Asking.of(asked, given, viewer, state), _values(order, state), reading).answer(first=1, after=None, counted=False)


def _asked(order: Order, shown: Sequence[Shown], state: ReadState) -> tuple[Operation, Variables]:
    picked = " ".join(dict.fromkeys(each.picked for each in shown))
    declared = "".join(f", ${name}: {kind}" for name, kind in DECLARED.items() if f"${name}" in picked)
    text = f"query Creators({ALWAYS}{declared}) {{ {LIST} {{ {PAGE} nodes {{ {picked} }} }} }}"
    asked = operation(GraphQLRequest(text), state.limits)
    given = variables(asked.definition, {**_values(order, state), "counted": True})
    # What a page has is no concern of an export, which has all of them; its filter is bounded as that of `creators` is.
    cost_of(asked.measured.estimate.filters, given.values, asked.measured.limits.filters)
    return asked, given


def _values(order: Order, state: ReadState) -> dict[str, Any]:
    options = order.options
    chosen = options.get("creators")
    return {
        "filter": options.get("filter") if chosen is None else {"ids": chosen},
        "sort": options.get("sort"),
        "excludeFlagged": options.get("excludeFlagged", False),
        "window": f"D{options.get('window', 90)}",
        "category": options.get("category"),
        "by": _by(order),
        "first": state.limits.page,
    }


def _by(order: Order) -> str:
    return order.options.get("by", "OVERALL")


def _told(error: Exception) -> Exception:
    return translated(error, "") if isinstance(error, PlanError) else error


def _unmistaken(cell: Any) -> Any:
    """Return a text so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULAS) else cell
