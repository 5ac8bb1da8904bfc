"""Which events a viewer is told of."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from api.access.viewer import Role, Viewer
from graph.feeds import Told
from graph.outbox import KINDS, Audience, Kind


def told(viewer: Viewer, kinds: Collection[str] = KINDS) -> Told:
    """Return what a viewer is told of some kinds: administrators all but what is one key's own, others what a kind's audience says."""
    wanted = [KINDS[each] for each in kinds]
    if viewer.role is Role.ADMIN:
        of_all = _names(each for each in wanted if Audience.KEY not in each.audience)
        return Told(always=of_all, of_key=_of_key(wanted), key=viewer.account)
    open_to = {Audience.EVERYONE, *((Audience.ANALYSTS,) if viewer.role is Role.ANALYST else ())}
    return Told(
        always=_names(each for each in wanted if open_to.intersection(each.audience)),
        of_brands=_names(each for each in wanted if Audience.BRAND in each.audience),
        brands=viewer.brands,
        of_creator=_names(each for each in wanted if Audience.CREATOR in each.audience),
        creator=viewer.creator,
        of_key=_of_key(wanted),
        key=viewer.account,
    )


def _of_key(kinds: Iterable[Kind]) -> tuple[str, ...]:
    return _names(each for each in kinds if Audience.KEY in each.audience)


def _names(kinds: Iterable[Kind]) -> tuple[str, ...]:
    return tuple(each.name for each in kinds)
