"""Arguments of computed fields: ids of nodes, and how many of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from api.errors import BadUserInput
from graph.existing import absent
from graph.plans.bounds import one_of
from graph.plans.inputs import Run
from graph.plans.known import granted, no_creators, unknown
from graph.plans.told import check_told
from graph.plans.values import split_id
from graph.plans.visibility import Reach
from graph.recommendations.reading import Reading
from graph.wording import counted


def local(name: str, value: str, kind: str) -> str:
    """Return the own id of a global one, or an own id as it is; BadUserInput for the id of anything else."""
    found, own = split_id(value)
    if found is None and value.startswith(f"{kind}:"):
        own = value.removeprefix(f"{kind}:")
    if found not in (None, kind):
        raise BadUserInput(f"{name}: {_quoted(value)} is the id of a {found}; give an id that starts with {kind}:")
    return own


def several(name: str, values: Sequence[str], kind: str, *, least: int, most: int) -> dict[str, str]:
    """Return the values by their own ids, each once; BadUserInput for too few or too many."""
    found = {local(name, value, kind): value for value in reversed(values)}
    _bound(name, len(found), kind.lower(), least=least, most=most)
    return dict(reversed(found.items()))


def several_of(name: str, values: Sequence[str], kinds: Sequence[str], *, least: int, most: int) -> dict[tuple[str, str], str]:
    """Return global ids of one of some kinds by kind and own id, each once; BadUserInput for others, and for too few or too many."""
    _bound(name, len(values), "id", least=least, most=most)
    found: dict[tuple[str, str], str] = {}
    for value in values:
        kind, own = split_id(value)
        if kind is None or kind not in kinds:
            named, starts = " or ".join(map(str.lower, kinds)), " or ".join(f"{each}:" for each in kinds)
            raise BadUserInput(f"{name}: {_quoted(value)} is not the id of a {named}; give an id that starts with {starts}")
        found.setdefault((kind, own), value)
    return found


def own_brand(name: str, value: str, reading: Reading) -> str:
    """Return the own id of a brand whose ties the reader sees; BadUserInput for another."""
    own = local(name, value, "Brand")
    if not reading.sees_ties_of(own):
        raise BadUserInput(f"{name}: this key has no brand with the id {value!r}; use one that `viewer {{ brands {{ id }} }}` lists")
    return own


def told_category(name: str, value: str, run: Run | None) -> str:
    """Return the own id of a category in which scores are read; InvalidValue for one of which the run tells its audience nothing."""
    own = local(name, value, "Category")
    check_told(name, own, run)
    return own


def _bound(name: str, number: int, noun: str, *, least: int, most: int) -> None:
    if not least <= number <= most:
        raise BadUserInput(f"{name} lists {counted(number, noun)}; give {least} to {most}")


def _quoted(value: str) -> str:
    return repr(value[:80])


KINDS: Final = {
    "category": "Category",
    "categories": "Category",
    "brand": "Brand",
    "excludeBrands": "Brand",
    "excludeExclusiveTo": "Brand",
    "region": "Region",
    "regions": "Region",
}
"""Arguments, and fields of inputs, by name; those that only leave creators out, or tell what was missing, are taken as they are."""

FREE: Final = frozenset({"parameters"})
"""Arguments that are JSON: what they hold is named by whoever asks, and none of it names nodes to us."""

BRIEF: Final = "brief."
"""Where an empty list stands for all, as a brief shows it, so that what was read can be sent again."""


async def check_named(reading: Reading, arguments: Mapping[str, Any]) -> None:
    """Raise `InvalidValue` for an id or region that is not there, `Refused` for a region that the key is not granted."""
    for name, kind, values in _named(arguments, ""):
        if not name.startswith(BRIEF):
            one_of(name, values)
        if kind == "Region" and reading.visibility.creators is Reach.REGIONS:
            granted(name, values, reading.visibility.regions)
            continue
        own = {value if kind == "Region" else local(name, value, kind): value for value in values}
        for missing in await absent(reading.driver, kind, list(own), database=reading.database):
            raise no_creators(name, missing) if kind == "Region" else unknown(name, kind, own[missing])


def _named(arguments: Mapping[str, Any], within: str) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield the name, the kind and the values of each argument that names nodes, those of inputs too."""
    for name, value in arguments.items():
        if name in FREE:
            continue
        if isinstance(value, Mapping):
            yield from _named(value, f"{within}{name}.")
        elif name in KINDS and value is not None and not (name.startswith("exclude") and value == []):
            yield f"{within}{name}", KINDS[name], value if isinstance(value, list) else [value]
