"""What the graph holds, and the import tables, as pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from api.documents.markdown import GENERATED, cell, table
from graph.migrations import WORDS
from graph.model import EDGES, NODES, TABLES, Property, Reference, Table, columns, node

GRAPH_HEAD: Final = f"""# The graph

{GENERATED.format(source="graph/model/")}

Every node has its own `id`, unique by constraint. Times are Unix seconds in UTC, shares lie between 0 and 1, money is stored in
its original currency, together with a US dollar amount at the rate of the day. A property marked *derived* is written by creatorgraph.
"""

IMPORT_HEAD: Final = f"""# Import tables

{GENERATED.format(source="graph/model/")}

`creatorgraph import FOLDER` reads one file per table: `NAME.parquet`, `NAME.csv`, `NAME.tsv`, `NAME.jsonl` (or `.ndjson`) or `NAME.json` (a
list of objects, or an object with one such list); all but Parquet may be gzipped (`NAME.csv.gz`). Tables with other names or values are
read through a [mapping](mappings/README.md). An empty cell is unknown. Lists are JSON lists in JSON Lines and Parquet, and values separated
by `|` in CSV. An optional column `observed_at` (Unix seconds) states when the row was observed. Rows without it count as the
oldest, and of such rows the one imported last counts.

Rows are merged while the service serves, 2,000 in a transaction; how many order lines a second, what that takes and what holds it is
[measured](../bench/README.md#online-import). `--bulk` fills an empty private database faster.

## Ids

One rule applies to every id, in tables, mapped files, partner-API responses and keys. White space and invisible characters around it,
and the marks with which spreadsheets protect numbers (`'749…`, `="749…"`, `=T("749…")`) or that quote it, are removed.
A row is rejected if its id

- has lost digits: a floating-point number, an exponent (`7.49E+18`), decimals (`12.0`), or a JSON number above 2^53 that has been rounded;
- is a placeholder: `nan`, `None`, `null`, `undefined`, `-`, `[]`, `#N/A`, `#REF!` and the like (leave the cell empty instead);
- is a formula (`=A1`, `=749…`);
- has separators between groups of digits (`1,234`, `1,234,567`, `1234 5678 9012`).

Where all long ids of a column end in zeros, as spreadsheets and JavaScript round them, the import says so (`ids look rounded`). A user name
that serves as a creator's id is written in lower case and without `@`; a mapping does this automatically.

A creator with an `open_id` has it as `id`, too; every column that refers to the creator names the same id. A creator whose `id` is
another one, also `REGION:handle`, is not joined with a creator of the same name whose open id becomes known later: import such tables
again with the open id.

## Amounts and times

An amount has a currency. GMV is price × quantity before refunds; where a discount makes it differ from the `price` of the row, `gmv`
counts. In tables, what has happened (orders, answers, deliveries, reports) lies at most a day after `observed_at`, and, where that is
unknown, at most a year ahead of now, as posts and streams do, which may be announced.

## Which is later

Of partner-API responses, the later export counts (`exported_at`), then the later path and position; of orders in two exports of the same
second under the same path, the one imported last counts. An order is replaced whole, with all its lines, by its latest observation,
whoever exported it: lines have no ids of their own that two exports share. A creator's own export has only that creator's lines, so where
it is the latest, lines of other creators in the same order are dropped, until a later export of the shop brings them back; export shops
after creators. `search-tap-affiliate-orders` has one line a record: records of one order that follow each other in a response are its
lines.

Tables among responses are not read with them, but listed (`table among responses`): import these files by themselves.

## Earlier times

Status and refunded quantity of a sale are kept for each time at which they were seen (`seen_at`, `statuses`, `refunded_quantities`), and
`creatorgraph score --as-of` uses what was known then. Quantity, amount, creator and content of a line, and which lines an order has, are
kept as last observed, also for runs as of an earlier time.

## Encodings and delimiters

Text is UTF-8, or UTF-16 or UTF-32 as a byte-order mark (or, of UTF-16, its zero bytes) shows. Specify any other encoding with
`--encoding windows-1252` or in the mapping; without that, only the rows that are not UTF-8 are rejected, and the error shows how likely
encodings would read them. The delimiter of a CSV file is detected from its header (`,`, `;`, a tab or `|`, or as set by a first line
`sep=;`), unless `--delimiter` or the mapping names it. The import says which encoding and delimiter it assumed.

## Rejected rows

Each row that breaks a rule is rejected individually and saved in `rejects/DATE-TIME/` below the home folder (of an
[import from the explorer](operations.md#new-data-new-scores), in its own folder, to be downloaded or corrected there), and so is a row of
`reports` or `audiences` whose creator was rejected. The import ends with the files to correct and the command to import them again:

- `tables/NAME.jsonl`: rows of that table, with the reason in `reject_…` columns, which an import ignores. A row that could not be
  split into cells is in `reject_row`: write its columns beside it.
- `shop-1/` (or `creator-1`, `partner-1`): records of partner-API responses. It has the owner file, and a file for each endpoint with one
  document a line: the rejected record, with what it needs to be read, and the reasons under `rejected`. An order is there with all
  its lines.
- `FILE.rejects.jsonl`: rows that came through a mapping, as they were; import it with the same `--mapping`. A record that fills several
  tables is rejected as a whole.
- `unreadable.jsonl`: records that cannot be corrected there, such as a file that is not JSON.

The exit status is 0 if everything was imported, 3 if something was rejected or no record has a column that the mapping names, and 1 if
nothing was imported. At its end, an import lists the fields that it did not use.

## Types

| Parquet or Arrow type | accepted in columns of |
| --- | --- |
| `int8` to `int64`, `uint8` to `uint64` | ids, integers, floats, text |
| `float16`, `float32`, `float64` | floats; integers and booleans where there is no fraction; never ids; NaN is rejected |
| `decimal32` to `decimal256` | floats; ids and integers where there is no fraction; text |
| `bool` | booleans |
| `string`, `large_string`, `string_view` | ids, text; numbers and booleans as in CSV |
| `binary` of any kind, where it is UTF-8 | ids, text |
| `timestamp` of any unit, with a zone or without (then UTC) | times, to the second: fractions are cut off |
| `date32`, `date64` | times: the first second of the day, UTC; text |
| `duration` of any unit | seconds |
| `list`, `large_list`, `fixed_size_list` | lists |
| `dictionary` | what its values are |
| `uuid` | ids, text |
| `null` | any: unknown |
| `struct` | through a mapping, by the names of its fields (`author.id`) |
| `time32`, `time64`, `interval`, `map`, `union` | none: rows with a value are rejected |
"""


def graph_page() -> str:
    """Return the page on nodes and edges."""
    nodes = "\n".join(f"### {each.label}\n\n{each.meaning}\n\n{_properties(each.properties)}" for each in NODES)
    edges = "\n".join(
        f"### ({each.source})-[:{each.type}]->({each.target})\n\n{each.meaning}\n"
        + (f"\n{_properties(each.properties)}" if each.properties else "")
        for each in EDGES
    )
    return f"{GRAPH_HEAD}\n{_search()}\n## Nodes\n\n{nodes}\n## Edges\n\n{edges}"


def _search() -> str:
    """Return the section on the full-text index."""
    searched = ", ".join(f"`{each.label}.{part.name}`" for each in NODES for part in each.properties if part.searched)
    return (
        f"## Full-text search\n\nOne index, `{WORDS}`, holds the words of {searched}; its queries are Lucene's:\n\n"
        f"```cypher\nCALL db.index.fulltext.queryNodes('{WORDS}', 'lip* AND matte') YIELD node, score\n"
        "RETURN labels(node) AS labels, node.id AS id, score\nORDER BY score DESC, id\nLIMIT 20\n```\n"
    )


def import_page() -> str:
    """Return the page on import tables."""
    return IMPORT_HEAD + "".join(f"\n## {each.name}\n\n{each.meaning}\n\n{_columns(each)}" for each in TABLES)


def _properties(properties: Iterable[Property]) -> str:
    return table(("property", "type", "unit", "meaning"), ((f"`{each.name}`", each.type, each.unit, _meaning(each)) for each in properties))


def _meaning(of: Property) -> str:
    extra = f" One of {', '.join(f'`{value}`' for value in of.values)}." if of.values else ""
    return cell(of.meaning + extra + (" *Derived.*" if of.derived else ""))


def _columns(of: Table) -> str:
    key = f"Key: `{node(of.node).key}`." if of.node else "Key: both ends."
    rows = (_property_row(name, each) if isinstance(each, Property) else _reference_row(name, each) for name, each in columns(of).items())
    return f"{key}\n\n" + table(("column", "type", "unit", "needed", "meaning"), rows)


def _property_row(name: str, of: Property) -> tuple[str, ...]:
    return (f"`{name}`", of.type, of.unit, "yes" if of.required else "", _meaning(of))


def _reference_row(name: str, of: Reference) -> tuple[str, ...]:
    kind = f"{'ids' if of.many else 'id'} of {of.node}"
    return (f"`{name}`", kind, "", "yes" if of.required else "", cell(of.meaning))
