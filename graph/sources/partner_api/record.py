"""One JSON object of a response, read field by field; a fault says which field it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final, TypeVar, cast

from graph.model import GREATEST_INT, GREATEST_LONG
from graph.sources import times
from graph.sources.codes import currency_code, region_code
from graph.sources.encodings import is_broken
from graph.sources.faults import BadValue
from graph.sources.handles import handle
from graph.sources.identifiers import RoundedInteger, identifier, is_rounded
from graph.sources.partner_api import money, shares
from graph.sources.partner_api.slices import start_of
from graph.sources.partner_api.tally import Fields, Tally

LONGEST_ID: Final = 256
LONGEST_TEXT: Final = 20_000
T = TypeVar("T")
NUL: Final = "\x00"
BROKEN: Final = re.compile("[\x00\ud800-\udfff]")
PLACE: Final = re.compile(r"\[\d+\]")


class Record:
    """An object of a response with readers for what the partner API writes.

    An empty string is absent everywhere; a missing object reads as one without fields. `fields` are those declared for it, if any.
    """

    def __init__(self, values: dict[str, Any], path: str, tally: Tally, *, endpoint: str, fields: Fields | None = None) -> None:
        self.values = values
        self.path = path
        self.tally = tally
        self.endpoint = endpoint
        self.fields = fields

    def has(self, name: str) -> bool:
        """Tell whether a field is there and not empty."""
        return self._value(name) not in (None, "", {}, [])

    def text(self, name: str, *, longest: int = LONGEST_TEXT) -> str | None:
        """Return a text, trimmed; numbers are taken as they are written."""
        value = self._value(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise self._fault(name, value, "expected a text", "write it in quotes")
        found = str(value).strip()
        if len(found) > longest:
            raise self._fault(name, found, f"a text has at most {longest:,} characters", "shorten it")
        if is_broken(found) or NUL in found:
            self.tally.add("text with broken characters", f"{self.endpoint}: {_without_places(self.path)}{name}")
            found = BROKEN.sub("\ufffd", found)
        return found or None

    def id(self, name: str) -> str | None:
        """Return an id; None where it is empty."""
        value = self._value(name)
        if self.tally.rounds and isinstance(value, int) and is_rounded(value):
            value = RoundedInteger(value)
        return self._read(name, lambda _: None if value is None else identifier(value) or None)

    def ids(self, name: str) -> list[str]:
        """Return a list of ids, without empty ones; a lone id is a list of one."""
        return self._each(name, lambda item, at: item.id(at))

    def handle(self, name: str) -> str | None:
        """Return a user name; None where it is empty."""
        text = self.text(name, longest=LONGEST_ID)
        return self._read(name, lambda _: handle(text))

    def required_id(self, name: str) -> str:
        """Return an id; BadValue where it is empty."""
        found = self.id(name)
        if found is None:
            raise self._fault(name, self._value(name), "an id is needed here", "fill it in, or leave the record out")
        return found

    def count(self, name: str, *, wide: bool = False) -> int | None:
        """Return a whole number of at least 0, also from digits as text, of 32 bits if not `wide`; None where it is empty."""
        value = self._value(name)
        if value is None or value == "":
            return None
        found = self._read(name, lambda v: shares.number(v, "a count is a whole number of at least 0"))
        if found < 0 or found != int(found):
            raise self._fault(name, value, "a count is a whole number of at least 0", "write digits only")
        greatest = GREATEST_LONG if wide else GREATEST_INT
        if found > greatest:
            raise self._fault(name, value, f"this count is at most {greatest:,}", "correct the number")
        return int(found)

    def number(self, name: str) -> float | None:
        """Return a number of at least 0; None where it is empty."""
        if self._value(name) in (None, ""):
            return None
        found = float(self._read(name, lambda v: shares.number(v, "a number of at least 0")))
        if found < 0:
            raise self._fault(name, found, "a number of at least 0", "write a number")
        return found

    def flag(self, name: str) -> bool | None:
        """Return a boolean, also from `0`, `1` or their strings."""
        value = self._value(name)
        if value is None or value == "":
            return None
        known = {"true": True, "1": True, "false": False, "0": False}
        found = known.get(str(value).strip().lower())
        if found is None:
            raise self._fault(name, value, "expected true or false", "write true or false")
        return found

    def time(self, name: str) -> int | None:
        """Return Unix seconds; None where unknown."""
        return self._read(name, times.unix_time)

    def day(self, name: str) -> int | None:
        """Return the first second of a date; None where unknown."""
        return self._read(name, times.day)

    def hundredths(self, name: str) -> float | None:
        """Return a rate in hundredths of a percent as a share."""
        return self._read(name, shares.hundredths)

    def fraction(self, name: str) -> float | None:
        """Return a fraction as a share."""
        return self._read(name, shares.fraction)

    def percent(self, name: str) -> float | None:
        """Return a percentage as a share."""
        return self._read(name, shares.percent)

    def region(self, name: str) -> str | None:
        """Return a region's code; None where it is empty."""
        return self._read(name, lambda value: None if value in (None, "") else region_code(value))

    def money(self, name: str, *, currency: object) -> float | None:
        """Return an amount in `currency`."""
        found = self._read(name, lambda value: money.amount(value, currency))
        return None if found is None else float(found)

    def exact_amount(self, name: str) -> Decimal | None:
        """Return an amount in the currency that stands in the field `currency` beside it."""
        if self._value(name) in (None, ""):
            return None
        code = self._read("currency", lambda value: currency_code("" if value is None else value))
        return self._read(name, lambda value: money.amount(value, code))

    def amount(self, name: str) -> float | None:
        """Return an amount in the currency beside it, as a float."""
        found = self.exact_amount(name)
        return None if found is None else float(found)

    def choice(self, name: str, known: dict[str, T], *, silent: frozenset[str] = frozenset()) -> T | None:
        """Return what a value of an enumeration means; an unknown value is counted, unless `silent`, and means None."""
        value = self.text(name)
        if value is None:
            return None
        if value not in known and value not in silent:
            self.tally.add("unknown value", f"{self.endpoint}: {_without_places(self.path)}{name} = {value[:80]}")
        return known.get(value)

    def texts(self, name: str) -> list[str]:
        """Return a list of texts, without empty ones; a lone text is a list of one."""
        return self._each(name, lambda item, at: item.text(at))

    def regions(self, name: str) -> list[str]:
        """Return a list of regions' codes, without empty ones; a lone code is a list of one."""
        return self._each(name, lambda item, at: item.region(at))

    def record(self, name: str) -> Record:
        """Return the object in a field; one without fields where it is missing or `""`."""
        value = self._value(name)
        if value is None or value == "":
            value = {}
        if not isinstance(value, dict):
            raise self._misshapen(name, value, "expected an object")
        return self._below(cast("dict[str, Any]", value), name, f"{self.path}{name}.")

    def records(self, name: str) -> Iterator[Record]:
        """Yield the objects of a list; a lone object with a declared field is a list of one, an item that is no object raises on use."""
        value: object = self._value(name)
        if value is None or value == "":
            return
        if self._is_item(name, value):
            yield self._below(cast("dict[str, Any]", value), name, f"{self.path}{name}.")
            return
        if not isinstance(value, list):
            raise self._misshapen(name, value, "expected a list of objects")
        for place, item in enumerate(cast("list[Any]", value), start=start_of(cast("list[Any]", value))):
            path = f"{self.path}{name}[{place}]."
            yield self._below(cast("dict[str, Any]", item), name, path) if isinstance(item, dict) else NoObject(item, path, self)

    def _below(self, values: dict[str, Any], name: str, path: str) -> Record:
        return Record(values, path, self.tally, endpoint=self.endpoint, fields=(self.fields or {}).get(name))

    def _is_item(self, name: str, value: object) -> bool:
        fields = (self.fields or {}).get(name)
        return isinstance(value, dict) and (not value or fields is None or not fields.keys().isdisjoint(cast("dict[str, Any]", value)))

    def _value(self, name: str) -> object:
        return self.values.get(name)

    def _each(self, name: str, read: Callable[[Record, str], str | None]) -> list[str]:
        """Read each item of a list under the name by which a fault tells of it."""
        value = self._value(name)
        if value is None or value == "":
            return []
        items = {name: value}
        if isinstance(value, list):
            items = {f"{name}[{place}]": item for place, item in enumerate(cast("list[Any]", value))}
        beside = Record(items, self.path, self.tally, endpoint=self.endpoint)
        return [text for at in items if (text := read(beside, at))]

    def _read(self, name: str, reader: Callable[[object], T]) -> T:
        try:
            return reader(self._value(name))
        except BadValue as fault:
            raise fault.at(f"{self.path}{name}") from None

    def _misshapen(self, name: str, value: object, rule: str) -> BadValue:
        """Return the fault of a value whose fields are none: they are not to be told as unknown beside it."""
        self.tally.withdraw(value, (self.fields or {}).get(name), f"{self.endpoint}: {_without_places(self.path)}{name}")
        return self._fault(name, value, rule, "save the response as it came")

    def _fault(self, name: str, value: object, rule: str, remedy: str) -> BadValue:
        return BadValue(value, rule, remedy, column=f"{self.path}{name}")


class NoObject(Record):
    """What stands in the place of an object; reading any field of it is its fault."""

    def __init__(self, item: object, path: str, of: Record) -> None:
        super().__init__({"": item}, path, of.tally, endpoint=of.endpoint)
        self.item = item

    def _value(self, name: str) -> object:
        raise BadValue(self.item, "expected an object", "save the response as it came", column=self.path.rstrip("."))


def _without_places(path: str) -> str:
    return PLACE.sub("", path)
