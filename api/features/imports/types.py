"""Imports as administrators see them."""

# Enums are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Any, Final

import strawberry

from api.features.imports.edits import MappingEditsInput
from api.graphql.types.enums import named
from api.graphql.types.fields import argument, paged, planned
from api.graphql.types.page import PageInfo
from api.graphql.types.scalars import BigInt, DateTime, Id
from api.imports.record import Status

DataImportStatus: Final = named(
    "DataImportStatus",
    "The status of an import.",
    {
        "UPLOADING": (Status.UPLOADING, "Files can be uploaded; nothing was done with them yet."),
        "CHECKING": (Status.CHECKING, "Being tried, without anything being written."),
        "CHECKED": (Status.CHECKED, "Tried; `check` says what would come of it."),
        "IMPORTING": (Status.IMPORTING, "Being imported."),
        "DONE": (Status.DONE, "Imported; `summary` says what came of it."),
        "FAILED": (Status.FAILED, "It failed, and `error` says why. What was imported before stays; to start it again does nothing twice."),
        "CANCELLED": (Status.CANCELLED, "Given up. What was imported before stays; to start it again does nothing twice."),
    },
)


@strawberry.type(description="What came of the rows of one table.")
class ImportedTable:
    """Each row that was read counts once among the others."""

    name: str = planned("The table, or the kind of record.")
    read: int = planned("Rows read.")
    created: int = planned("New rows.")
    changed: int = planned("Rows that changed what was there.")
    unchanged: int = planned("Rows that changed nothing.")
    rejected: int = planned("Rejected rows.")
    erased: int = planned("Rows of erased creators, left out.")


@strawberry.type(description="Something that was passed over, or is worth a look.")
class ImportNote:
    """It is no reject."""

    kind: str = planned("What it is, such as `unknown file`.")
    subject: str = planned("The file, the field or the value.")
    count: int = planned("How often.")


@strawberry.type(description="A reason for which rows were rejected, with its first example.")
class RejectReason:
    """The value, the rule and the remedy."""

    table: str = planned("The table, or the kind of record.")
    file: str = planned("The file of the example.")
    record: str = planned("The line, row or place within the file.")
    column: str = planned("The column; empty where the row as a whole is meant.")
    value: str = planned("The value in that column.")
    rule: str = planned("The rule that it breaks.")
    remedy: str = planned("What to do.")
    count: int = planned("How many rows were rejected for this reason.")


@strawberry.type(description="What came of an import, or would come of it.")
class ImportSummary:
    """As the command line prints it."""

    tables: list[ImportedTable] = planned("Counts by table.")
    skipped: list[ImportNote] = planned("Files and documents that were passed over, at most 200.")
    unread: list[ImportNote] = planned("Fields and columns of which nothing was made, at most 200, the most frequent first.")
    noted: list[ImportNote] = planned("What else is worth a look, such as the encodings that were assumed, at most 200.")
    reasons: list[RejectReason] = planned("Why rows were rejected, at most 100 reasons.")


@strawberry.type(description="A file of rejected rows, which can be corrected and imported again.")
class RejectFile:
    """Fetched over HTTP."""

    name: str = planned("Its path among the rejects.")
    bytes: BigInt = planned("Its size.")
    table: str | None = planned("The table whose rows it holds, which `rejectedRows` lists; null for other files.")
    url: str = planned("Where it is fetched, with the same key.")


@strawberry.type(description="An import: files that an administrator uploaded, or a finished import of the command line.")
class DataImport:
    """Those of the command line are known by what their event tells."""

    import_id: Id = planned("The import's id.")
    status: DataImportStatus = planned("The status.")
    of_command_line: bool = planned("Whether the command line made it.")
    created_at: DateTime = planned("When it was begun; when it finished, for one of the command line.")
    started_by: str | None = planned("Name of the key that began it; null for one of the command line.")
    note: str | None = planned("What it is for, in the words of whoever began it; null if not given.")
    mapping: str | None = planned("The mapping through which the files are read, TOML; null if they are import tables or responses.")
    encoding: str | None = planned("Encoding of the tables that are not UTF-8; null if none was given.")
    delimiter: str | None = planned("Delimiter of the CSV tables; null if it is detected.")
    mends: Id | None = planned("The import whose rejected rows were mended for this one; null if they are files.")
    file_count: int | None = planned("Number of files uploaded; null for one of the command line.")
    bytes: BigInt | None = planned("Size of the files uploaded; null for one of the command line.")
    rows_read: int | None = planned("Rows read by the job that was begun last; null before the first.")
    rows_expected: int | None = planned("About how many rows there are to read; null unless it was checked.")
    table: str | None = planned("The table that is being read, or was when the job ended; null before the first row.")
    waits_for: str | None = planned("What the job waits for, such as another import; null if it does not wait.")
    began_at: DateTime | None = planned("When the job that was begun last began; null before the first.")
    ended_at: DateTime | None = planned("When it ended; null while it is under way.")
    cancel_requested: bool = planned("Whether somebody cancelled the job that is under way.")
    error: str | None = planned("Why it failed, in one line; null if it did not.")
    check: ImportSummary | None = planned(
        "What would come of it, in pieces of 50,000 rows; null unless the files are as they were checked."
    )
    summary: ImportSummary | None = planned(
        "What came of it, as far as it got; null before that, and for one of the command line, which printed it."
    )
    created: int | None = planned("New rows; null unless it was imported.")
    changed: int | None = planned("Rows that changed what was there; null unless it was imported.")
    rejected: int | None = planned("Rejected rows; null unless it was imported.")
    rejects: list[RejectFile] = planned("Files of rejected rows; empty while it is imported, and once they are kept no longer.")
    rejects_url: str | None = planned("Where all of these are fetched as one zip, with the same key; null where there are none.")
    expires_at: DateTime | None = planned(
        "When what was uploaded, and what was rejected, is removed unless something changes; null once it is, and for the command line."
    )


@strawberry.type(description="An import with its cursor.")
class DataImportEdge:
    """One place of the list."""

    cursor: str = planned("Cursor for `after` and `before`.")
    node: DataImport = planned("The import.")


@strawberry.type(description="A page of imports, newest first.")
class DataImportConnection:
    """Those that change nothing and are made by the command line are not known."""

    edges: list[DataImportEdge] = planned("The imports with their cursors.")
    nodes: list[DataImport] = planned("The imports without their cursors.")
    page_info: PageInfo = planned("The page's position in the list.")
    total_count: int = planned("Total number of imports that are still known.")


@strawberry.type(description="A cell of a rejected row.")
class RejectedCell:
    """As text."""

    column: str = planned("The column.")
    value: str | None = planned("The value as text, lists as JSON; null for an empty one.")


@strawberry.type(description="A row that was rejected.")
class RejectedTableRow:
    """With what is wrong with it."""

    row: int = planned("Its number among the rejected rows of its table, from 1.")
    place: str = planned("Where it stood: file and line.")
    column: str = planned("The column that is wrong; empty where the row as a whole is.")
    value: str = planned("The value in that column.")
    rule: str = planned("The rule that it breaks.")
    remedy: str = planned("What to do.")
    cells: list[RejectedCell] = planned("The row's cells.")


@strawberry.type(description="A rejected row with its cursor.")
class RejectedTableRowEdge:
    """One place of the list."""

    cursor: str = planned("Cursor for `after`.")
    node: RejectedTableRow = planned("The row.")


@strawberry.type(description="A page of rejected rows, in the order of their file.")
class RejectedTableRowConnection:
    """Their number is that of the summary."""

    edges: list[RejectedTableRowEdge] = planned("The rows with their cursors.")
    nodes: list[RejectedTableRow] = planned("The rows without their cursors.")
    page_info: PageInfo = planned("The page's position in the list.")


@strawberry.type(description="How a mapping says that files are written.")
class MappingLayout:
    """By the keys of [source]."""

    encoding: str | None = planned("The encoding; null to find it out.")
    delimiter: str | None = planned("What separates the columns of CSV, one character or `tab`; null to find it out.")
    decimal: str | None = planned("The decimal separator, `.` or `,`; null to find it out for each value.")
    zone: str | None = planned("The time zone of dates without one; null for UTC.")


@strawberry.type(description="A column that an import table can have.")
class MappableColumn:
    """As the import contract declares it."""

    column: str = planned("The column.")
    needed: bool = planned("Whether each row needs it.")
    time: bool = planned("Whether it is a moment, so that a form of dates can be said.")


@strawberry.type(description="A part of a mapping that fills one table.")
class MappingSection:
    """One `[[tables]]` of the mapping."""

    section: int = planned("Its place in the mapping, from 1.")
    table: str = planned("The table.")
    unused: list[MappableColumn] = planned("The columns of the table that it does not fill.")


@strawberry.type(description="A column of an import table, and where a mapping has it from.")
class MappedColumn:
    """As the mapping says it."""

    section: int = planned("Place of the section in the mapping, from 1.")
    table: str = planned("The table.")
    column: str = planned("Its column.")
    needed: bool = planned("Whether each row needs it.")
    time: bool = planned("Whether it is a moment, so that a form of dates can be said.")
    sources: list[str] = planned("The file's column, or those that make one id together; empty for a constant.")
    constant: str | None = planned("The value of all rows, as text; null if it comes from the file.")
    dates: list[str] = planned("The forms in which a date may be written, `iso` or in the codes of strptime; empty where none is said.")
    note: str | None = planned("The comment at the end of its line, such as what to check of a proposal; null without one.")
    how: str = planned("What is done to a value, in the keys of a mapping, such as `date = %d.%m.%Y`; empty if it is read as it stands.")


@strawberry.type(description="A cell of a row that a mapping makes.")
class MappedCell:
    """In the graph's own units."""

    column: str = planned("The table's column.")
    value: str | None = planned("The value as text, as it would be stored; null for an unknown one.")


@strawberry.type(description="A row that a mapping makes of a record, or why the record would be rejected.")
class MappedRow:
    """One of a table."""

    place: str = planned("Where the record stands in the file.")
    table: str = planned("The table.")
    cells: list[MappedCell] = planned("Its cells; empty if it would be rejected.")
    column: str | None = planned("The column that is wrong, empty where the row as a whole is; null unless it would be rejected.")
    value: str | None = planned("The value in that column; null unless it would be rejected.")
    rule: str | None = planned("The rule that it breaks; null unless it would be rejected.")
    remedy: str | None = planned("What to do; null unless it would be rejected.")


@strawberry.type(description="What the first records of an uploaded file become through a mapping.")
class MappingPreview:
    """Nothing is written, and the import is read as before."""

    files: list[str] = planned("Paths of the uploaded files that can be read through a mapping, at most 200.")
    file: str | None = planned("The file that was read; null if there is none.")
    mapping: str | None = planned("The mapping, TOML: the given or the proposed one; null if none can be proposed.")
    error: str | None = planned("Why the mapping cannot be followed, or none can be proposed; null if the records were read.")
    layout: MappingLayout | None = planned("How the mapping says that files are written; null where the mapping is unsound.")
    header: list[str] = planned("The names of the file's columns, at most 500; empty where the mapping is unsound.")
    sections: list[MappingSection] = planned("The tables that the mapping fills; empty where it is unsound.")
    columns: list[MappedColumn] = planned("Which columns of the import tables come from where; empty where the mapping is unsound.")
    unmapped: list[str] = planned("The columns of these records of which nothing is made, at most 100.")
    rows: list[MappedRow] = planned("What the first records become, at most ten rows.")


ADMINISTRATORS: Final = "For administrators. Null, with an error, for others."
DATA_IMPORTS: Final[Any] = paged(
    "Imports, newest first: those whose files were uploaded, and those of the command line whose events are still kept. For administrators."
)
DATA_IMPORT: Final[Any] = planned(
    f"One import; null if there is none with this id. {ADMINISTRATORS}", argument("id", Id, "The import's id.")
)
REJECTED_ROWS: Final[Any] = planned(
    f"Rows of a table that an import rejected; none once they are no longer kept. Null if no import has this id. {ADMINISTRATORS}",
    argument("import", Id, "The import's id."),
    argument("table", str, "The table, as `rejects` names it."),
    argument("first", int, "Number of rows to return, at most 100.", 20),
    argument("after", str | None, "A cursor; returns the rows after it."),
)
MAPPING_PREVIEW: Final[Any] = planned(
    f"What the first records of an uploaded file become through a mapping; null if no import has this id. {ADMINISTRATORS}",
    argument("import", Id, "The import's id."),
    argument("mapping", str | None, "The mapping, TOML; if omitted, one is proposed from the file."),
    argument("file", str | None, "The file's path; the first that the mapping takes, if omitted."),
    argument("edits", MappingEditsInput | None, "Changes to the mapping first; one that cannot be followed leaves it as it was."),
)
