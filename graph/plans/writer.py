"""Where a query grows: fresh variables, parameters, and the rows that expressions are written for."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from graph.plans.errors import PlanError
from graph.plans.inputs import Binding, Convert, Inputs
from graph.plans.known import Named, NamedList, NamedRegions, granted
from graph.plans.parts import SHOWN, Failure, Finish, Finishing, Late, Part, in_map
from graph.plans.selection import Pick, Selection
from graph.plans.sights import visible
from graph.plans.values import own_id, own_ids
from graph.plans.visibility import Reach, Visibility

KEY: Final = re.compile(r"[_A-Za-z][_0-9A-Za-z]*")


RATED: Final = frozenset({"sales", "forecast", "probabilityAbove", "flags", "reports"})
"""What shows figures of a creator without a scorecard in the query; whoever reads, filters or sorts by one shows scores."""


class Member(Protocol):
    """Something that can be picked from a node of some kind."""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the expression that answers `pick` for the node of `row`."""
        ...


Members = Mapping[str, Mapping[str, Member]]


def _run(_source: Any, inputs: Inputs) -> str:
    return inputs.run_id


def _cards(_source: Any, inputs: Inputs) -> str:
    return inputs.cards_id


def _as_of(_source: Any, inputs: Inputs) -> int | None:
    return inputs.run.as_of if inputs.run else None


def _regions(_source: Any, inputs: Inputs) -> list[str]:
    return list(inputs.visibility.regions)


def _brands(_source: Any, inputs: Inputs) -> list[str]:
    return list(inputs.visibility.brands)


def _me(_source: Any, inputs: Inputs) -> str | None:
    return inputs.visibility.creator


def _smallest(_source: Any, inputs: Inputs) -> int:
    return inputs.smallest_group


KNOWN: Final = tuple(
    Binding(name, None, convert)
    for name, convert in (
        ("run", _run),
        ("cards", _cards),
        ("asOf", _as_of),
        ("regions", _regions),
        ("brands", _brands),
        ("me", _me),
        ("smallest", _smallest),
    )
)
"""Parameters that any plan may name: the current run, its scorecards for the viewer, and what bounds the viewer."""


@dataclass(frozen=True, slots=True)
class _Granted:
    argument: str

    def __call__(self, value: Any, inputs: Inputs) -> Any:
        granted(self.argument, value, inputs.visibility.regions)
        return value


@dataclass(slots=True)
class Writer:
    """One query in the making. Text depends on the sight's kind and `sole_region`, never on its values.

    `picks` are the fields that each parameter is for: those that cannot be answered where its value breaks a rule.
    """

    visibility: Visibility
    sole_region: bool
    indicators: tuple[str, ...]
    members: Members
    bindings: list[Binding] = field(default_factory=list[Binding])
    picks: dict[str, tuple[Pick, ...]] = field(default_factory=dict[str, tuple[Pick, ...]])
    named: dict[str, Named | NamedList] = field(default_factory=dict[str, "Named | NamedList"])
    named_regions: dict[str, NamedRegions] = field(default_factory=dict[str, NamedRegions])
    _path: list[Pick] = field(default_factory=list[Pick])
    _variables: int = 0

    def variable(self, kind: str) -> str:
        """Return a variable that the query does not have yet."""
        self._variables += 1
        return f"{kind[0].lower()}{self._variables}"

    def bind(self, source: Any, convert: Convert | None = None) -> str:
        """Return a parameter for a value, the same for the same value."""
        for each in self.bindings:
            if each.source == source and type(each.source) is type(source) and each.convert == convert:
                self.picks[each.name] += tuple(self._path[-1:])
                return f"${each.name}"
        name = f"p{len(self.bindings)}"
        self.bindings.append(Binding(name, source, convert))
        self.picks[name] = tuple(self._path[-1:])
        return f"${name}"

    def known(self, argument: str, source: Any, kind: str, predicates: Sequence[str] | None = None) -> str:
        """Return a parameter with the own id of the node that an argument names.

        The answer is an error where there is no such node that the viewer may see, or that fits the `predicates` on `named`.
        """
        parameter = self.bind(source, own_id(kind))
        kept = visible(kind, "named", self.visibility) if predicates is None else predicates
        self.named[f"{argument} {parameter}"] = Named(argument, kind, parameter.removeprefix("$"), tuple(kept))
        return parameter

    def all_known(self, argument: str, source: Any, kind: str) -> str:
        """Return a parameter with the own ids of the nodes that an argument lists; that of none that the viewer may see is an error."""
        parameter = self.bind(source, own_ids(kind))
        kept = visible(kind, "named", self.visibility)
        self.named[f"{argument} {parameter}"] = NamedList(argument, kind, parameter.removeprefix("$"), tuple(kept))
        return parameter

    def regions(self, argument: str, source: Any) -> str:
        """Return a parameter with the region or regions that an argument names; those not granted, or of no creator, are errors."""
        if self.visibility.creators is Reach.REGIONS:
            return self.bind(source, _Granted(argument))
        parameter = self.bind(source)
        if self.visibility.creators is Reach.ALL:
            self.named_regions[f"{argument} {parameter}"] = NamedRegions(argument, parameter.removeprefix("$"))
        return parameter

    def market_regions(self, argument: str, source: Any) -> str:
        """Return a parameter with regions of brands and products, which all viewers see; one in which nobody sells is an error."""
        parameter = self.bind(source)
        self.named_regions[f"{argument} {parameter}"] = NamedRegions(argument, parameter.removeprefix("$"), labels=("Brand", "Creator"))
        return parameter

    @contextmanager
    def within(self, pick: Pick) -> Generator[None]:
        """Take what is bound, and what is refused, as being for a pick."""
        self._path.append(pick)
        try:
            yield
        except PlanError as error:
            error.picks = error.picks or (pick,)
            raise
        finally:
            self._path.pop()

    def row(self, kind: str, node: str | None = None) -> Row:
        """Return a new row whose node is of a kind."""
        return Row(self, kind, node or self.variable(kind))


@dataclass(slots=True)
class Row:
    """One row of a (sub-)query: its node, and clauses that must run before its tree is written.

    `cards` are the variables of its scorecards; those in `certain` are in every row. It is `rated` if it tells of scores without one.
    """

    writer: Writer
    kind: str
    node: str
    lets: list[str] = field(default_factory=list[str])
    cards: dict[str, str] = field(default_factory=dict[str, str])
    certain: set[str] = field(default_factory=set[str])
    rated: bool = False

    @property
    def visibility(self) -> Visibility:
        """Who asks."""
        return self.writer.visibility

    def map(self, selection: Selection) -> Part:
        """Return the tree of a selection as a map under the answer's own keys."""
        entries: list[str] = []
        finishes: dict[str, Finish] = {}
        lates: dict[str, Late] = {}
        for pick in selection.picks:
            part = self.part(selection.kind, pick)
            entries.append(f"{quoted(pick.key)}: {part.expression}")
            if part.finish:
                finishes[pick.key] = part.finish
            if part.late:
                lates[pick.key] = part.late
        shows = selection.kind == "Creator" and (self.shows or any(pick.name in RATED for pick in selection.picks))
        if shows:
            entries.append(self.shown)
        return Part("{" + ", ".join(entries) + "}", in_map([each.key for each in selection.picks], finishes, lates, shows=shows))

    @property
    def shows(self) -> bool:
        """Whether what is written so far tells of the creator's scores."""
        return self.rated or bool(self.cards)

    @property
    def shown(self) -> str:
        """The entry that tells whose scores a map shows."""
        return f"`{SHOWN}`: {self.node}.id"

    def branch(self) -> Row:
        """Return another row of the same node, whose clauses are its own."""
        return Row(self.writer, self.kind, self.node, [], dict(self.cards), set(self.certain), self.rated)

    def part(self, kind: str, pick: Pick) -> Part:
        """Return the expression of one pick, by its declaration; null where it is refused."""
        if pick.refusal is not None:
            return Part("null", late=_failing(pick.refusal))
        with self.writer.within(pick):
            return self.writer.members[kind][pick.name].part(pick, self)

    def clauses(self) -> str:
        """Return the clauses that the tree needs; call it after the tree is written."""
        return "\n".join(self.lets)


def _failing(error: PlanError) -> Late:
    def late(holder: dict[str, Any], key: str, finishing: Finishing) -> None:
        holder[key] = failure = Failure(error)
        finishing.failures.append(failure)

    return late


def quoted(key: str) -> str:
    """Return a key of the answer as a Cypher name; ValueError for what is no name."""
    if not KEY.fullmatch(key):
        raise ValueError(f"{key!r} is not a name: letters, digits and _ only")
    return f"`{key}`"
