from __future__ import annotations

from api.imports.summary import MOST_NOTES, summary_of
from graph.load import Tally
from graph.rows import Note, Reject, Where


def test_a_summary_has_counts_notes_and_reasons_with_an_example_each() -> None:
    tally = Tally()
    tally.count("creators", "read", 3)
    tally.count("creators", "created", 2)
    for line in (4, 5):
        tally.reject(Reject(Where("c.csv", f"line {line}"), "region", "Mars", "a rule", "a remedy", table="creators"), read=True)
    for note in (Note("unknown file", "a.txt"), Note("unknown column", "x", count=7), Note("encoding", "c.csv: latin-1")):
        tally.note(note)
    found = summary_of(tally)
    assert found["tables"] == [{"name": "creators", "read": 3, "created": 2, "changed": 0, "unchanged": 0, "rejected": 2, "erased": 0}]
    assert [found[name] for name in ("skipped", "unread", "noted")] == [
        [{"kind": "unknown file", "subject": "a.txt", "count": 1}],
        [{"kind": "unknown column", "subject": "x", "count": 7}],
        [{"kind": "encoding", "subject": "c.csv: latin-1", "count": 1}],
    ]
    where = {"table": "creators", "file": "c.csv", "record": "line 4"}
    assert found["reasons"] == [{**where, "column": "region", "value": "Mars", "rule": "a rule", "remedy": "a remedy", "count": 2}]


def test_it_is_of_bounded_length() -> None:
    tally = Tally()
    for number in range(MOST_NOTES + 9):
        tally.note(Note("unknown field", f"f{number}", count=1 + number % 2))
    unread = summary_of(tally)["unread"]
    assert (len(unread), unread[0]["count"], unread[-1]["count"]) == (MOST_NOTES, 2, 1)
