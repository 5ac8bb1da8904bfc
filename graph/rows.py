"""What flows from `graph.sources` to `graph.load`: typed rows, rejects and notes, one at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

ORDER_LINES: Final = "order lines"
"""Under which a line is counted that was rejected while its order was taken."""


class Age(NamedTuple):
    """How old an observation is; of two, the greater is the later, in whatever order they are imported."""

    observed_at: int
    path: str = ""
    position: int = 0

    def text(self) -> str:
        """Return a string that sorts as the age does, for storing beside what was observed."""
        return f"{self.observed_at:011d} {self.path} {self.position:09d}"


UNDATED: Final = Age(0).text()[:12]


def undated(*ages: str) -> bool:
    """Tell whether none of these ages, as stored, says when something was observed: of such the one imported last counts."""
    return all(age.startswith(UNDATED) for age in ages)


@dataclass(frozen=True, slots=True)
class Where:
    """Where a row stood: file as the user names it, and record (line, row or JSON path)."""

    file: str
    record: str


@dataclass(frozen=True, slots=True)
class CreatorRef:
    """A creator as a source names one: by own id (tables), by open id, by handle within a region, or several of them."""

    id: str | None = None
    open_id: str | None = None
    handle: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class BrandRef:
    """A brand as a source names one: by id, or by name and region alone."""

    id: str | None = None
    name: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What it takes to read a record of a response again: whose it is, of which endpoint, and a document with the record alone.

    `owner` is the name and the content of the owner file. `file` and `record` say where the record stood.
    """

    owner: tuple[str, dict[str, Any]]
    endpoint: str
    document: dict[str, Any]
    file: str
    record: str


@dataclass(frozen=True, slots=True)
class Row:
    """One record for one table of `graph.model`.

    `values` holds the table's columns, typed and in the graph's units; an absent column is unknown. A creator or brand
    column may hold a `CreatorRef` or `BrandRef` instead of an id. Three tables exist only here:
    `orders` (`order_id`, `lines`: a list of `sales` values), which replaces an order whole; `partners`;
    `programmes`, the facts that all collaborations of one `programme_id` share.
    `part` tells which of several sources of one collaboration this is: each replaces only what it said itself.
    `raw` is what the file said, where that is not `values`; `page` is that of a response.
    """

    table: str
    values: dict[str, Any]
    age: Age
    where: Where
    part: str = ""
    raw: dict[str, Any] = field(default_factory=dict[str, Any])
    page: Page | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that was not taken: what stood where, the rule it breaks, and how to mend it.

    `raw` or `page` is what can be corrected and imported again. It is counted under `kind`, or else its table.
    """

    where: Where
    column: str
    value: str
    rule: str
    remedy: str
    raw: dict[str, Any] = field(default_factory=dict[str, Any])
    table: str = ""
    page: Page | None = field(default=None, compare=False, repr=False)
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something skipped or counted that is no reject: an empty file, an unknown slug, field or enum value."""

    kind: str
    subject: str
    file: str = ""
    count: int = 1


Item = Row | Reject | Note
