"""Changes to a mapping by its parts, as those give them who choose from lists."""

from __future__ import annotations

import strawberry


@strawberry.input(description="A change to a column that a section of a mapping fills. What is omitted stays.")
class MappingCellInput:
    """Of one column."""

    section: int = strawberry.field(description="Place of the section in the mapping, from 1.")
    column: str = strawberry.field(description="The table's column.")
    source: str | None = strawberry.field(default=None, description="The file's column that it comes from.")
    constant: str | None = strawberry.field(default=None, description="The value of all rows instead.")
    date: str | None = strawberry.field(
        default=None, description="The form of its dates, `iso` or in the codes of strptime; empty for values as they stand."
    )
    left_out: bool = strawberry.field(default=False, description="Whether the section fills it no more.")


@strawberry.input(description="Changes to a mapping before it is shown at work. What is omitted stays; an empty text is to be found out.")
class MappingEditsInput:
    """Of how files are written, and of columns. The text is written anew, with its comments but those that end a line which is changed."""

    encoding: str | None = strawberry.field(default=None, description="The encoding, such as `windows-1252`.")
    delimiter: str | None = strawberry.field(default=None, description="What separates the columns of CSV, one character or `tab`.")
    decimal: str | None = strawberry.field(default=None, description="The decimal separator, `.` or `,`.")
    zone: str | None = strawberry.field(default=None, description="The time zone of dates without one, such as `+08:00`; empty for UTC.")
    cells: list[MappingCellInput] = strawberry.field(default_factory=list, description="The columns that change; at most 100.")
