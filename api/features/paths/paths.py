"""`Query.path`: the strongest of the shortest ways between two nodes."""

from __future__ import annotations

from typing import Final

from api.access.table import Permission
from api.errors import BadUserInput
from api.features.paths.types import Path, PathNode, Paths, PathStep
from api.graphql.execution.field_context import FieldContext, reading_of
from api.graphql.types.nouns import Ref, decode
from graph.networks import KINDS, Between, End, Step, Walk, Ways, ways
from scoring.networks.strength import FACTS, path_strength, step_strength, tie_weight

DEEPEST: Final = 6
VIA: Final = ("COLLABORATIONS", "PRODUCTS", "MENTIONS")
SAME: Final = "from and to are the same node"
WORDS: Final = {
    "SELLS": "{subject} sells {object}",
    "IN_CATEGORY": "{subject} belongs to {object}",
    "PART_OF": "{subject} is a subcategory of {object}",
    "SHOWN_TOGETHER": "One content shows or mentions both {subject} and {object}",
    "PROMOTES": "{subject} shows {object} in {times}",
    "MENTIONS": "{subject} mentions {object} in {times}",
}


async def path(context: FieldContext) -> Paths | None:
    """Return the strongest ways; None where either end is no node that the viewer may see."""
    context.allowed(Permission.EXPLORE)
    first, between = context.arguments.get("first", 3), _between(context)
    reading = reading_of(context.viewer, context.state)
    if between.source == between.target:
        return Paths(paths=[], considered=0, bounded=False, reason=SAME)
    found = await ways(reading, between, enough=first)
    return None if found is None else _answer(found, between, first)


def _between(context: FieldContext) -> Between:
    given = context.arguments
    depth, via = given.get("maxDepth", 4), given.get("via")
    if not 1 <= depth <= DEEPEST:
        raise BadUserInput(f"maxDepth is {depth}; give 1 to {DEEPEST}")
    if via is not None and not via:
        raise BadUserInput(f"via is empty; omit it, or list some of {', '.join(VIA)}")
    # Before the first run there are no derived ties; products and mentions there are.
    run = "" if context.run is None else context.run.id
    return Between(_end("from", given["from"]), _end("to", given["to"]), run, depth, frozenset(via or VIA))


def _end(name: str, value: str) -> tuple[str, str]:
    kind, own = decode(value)
    if kind not in KINDS:
        raise BadUserInput(f"{name}: {value!r} is the id of a {kind}, which paths do not support; give the id of a {', '.join(KINDS)}")
    return kind, own


def _answer(found: Ways, between: Between, first: int) -> Paths:
    """Return the strongest; only these are put into words."""
    ranked = sorted(((-_strength(each), each) for each in found.walks), key=lambda way: (way[0], len(way[1].steps), _stops(way[1])))
    told = [Path(strength=-strength, steps=[_step(each) for each in walk.steps]) for strength, walk in ranked[:first]]
    reason = None if ranked else f"no path of at most {between.depth} relationships connects them within what this key may see"
    return Paths(paths=told, considered=len(ranked), bounded=found.bounded, reason=reason)


def _strength(walk: Walk) -> float:
    return path_strength(step_strength(each.kind, tie_weight(each.times, each.gmv_usd)) for each in walk.steps)


def _stops(walk: Walk) -> list[tuple[str, str]]:
    return [(step.target.kind, step.target.id) for step in walk.steps]


def _step(step: Step) -> PathStep:
    weight = tie_weight(step.times, step.gmv_usd)
    told = None if step.kind in FACTS else weight
    return PathStep(
        from_=_node(step.source),
        to=_node(step.target),
        kind=step.kind,
        text=_text(step),
        weight=told,
        strength=step_strength(step.kind, weight),
    )


def _node(end: End) -> PathNode:
    ref = Ref(end.kind, end.id)
    return PathNode(node_id=ref.global_id, label=end.label, node=ref)


def _text(step: Step) -> str:
    times = step.times or 0
    if step.kind == "COLLABORATED":
        sold = f"net sales of {step.gmv_usd or 0.0:,.0f} US dollars"
        return f"{step.subject.label} has worked with {step.object.label}: {_counted(times, 'collaboration')}, {sold}"
    return WORDS[step.kind].format(subject=step.subject.label, object=step.object.label, times=_counted(times, "post"))


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
