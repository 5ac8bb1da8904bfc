"""What an import counts and says at its end."""

from __future__ import annotations

import json

from api.commands.import_report import reason, summary
from graph.load.tally import MOST_REASONS, Tally, reason_of
from graph.rows import Reject, Where


def reject(place: str, column: str, value: str, rule: str = "expected a whole number", table: str = "orders") -> Reject:
    return Reject(Where("orders.json", place), column, value, rule, "write digits only", table=table)


def test_a_reason_is_told_once_with_its_first_example_and_how_often_it_came() -> None:
    tally = Tally()
    for number in range(3):
        tally.reject(reject(f"data.orders[{number}]", f"data.orders[{number}].quantity", f"x{number}"), read=False)
    tally.reject(reject("line 1", "quantity", "x", table="sales"), read=False)
    assert [(each.value, tally.repeated[reason_of(each)]) for each in tally.reasons] == [("x0", 3), ("x", 1)]
    found = json.loads(json.dumps(summary(tally, [])))["reasons"]
    assert [(each["place"], each["count"]) for each in found] == [("orders.json data.orders[0]", 3), ("orders.json line 1", 1)]


def test_an_endless_number_of_reasons_is_not_kept() -> None:
    tally = Tally()
    for number in range(MOST_REASONS + 5):
        tally.reject(reject("", "", "", rule=f"rule {number}"), read=False)
    assert len(tally.reasons) == len(tally.repeated) == MOST_REASONS
    assert tally.total("rejected") == MOST_REASONS + 5


def test_a_reason_names_column_and_value_where_there_are_any() -> None:
    assert reason(reject("", "quantity", "many")) == "quantity 'many': expected a whole number; write digits only"
    assert reason(reject("", "quantity", "")) == "quantity: expected a whole number; write digits only"
    assert reason(reject("", "", "")) == "expected a whole number; write digits only"
