"""Creators object to events, administrators decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import Annotated, Final

import strawberry

from api.access.table import Permission
from api.features.appeals.types import Appeal
from api.graphql.mutations import INPUT, Info, Refusal, UserError, allowed, changed, local_id, mutation, node, text, written
from api.graphql.types.scalars import Id
from graph.appeals import CONTESTABLE, Decision, Objection, contested, decided
from graph.appeals import Appeal as Kept
from graph.dates import DAY

MOST_ADDRESSES: Final = 10
LONGEST_ADDRESS: Final = 500
ADDRESS: Final = re.compile(r"https://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?([/?#][!-~]*)?")
"""Printable ASCII after the host: nothing that looks like another address than it is."""


@strawberry.enum(description="The decision on an appeal.")
class AppealDecision(Enum):
    """The two ways."""

    UPHELD = strawberry.enum_value("UPHELD", description="Accept the appeal: the event counts in no score from the next run on.")
    REJECTED = strawberry.enum_value("REJECTED", description="Rejected: the event still counts.")


@strawberry.input(description="An event to contest.")
class ContestEventInput:
    """Which, and why."""

    subject_id: Id = strawberry.field(description="Global id of a sale, content, collaboration or flag of the creator's own.")
    reason: str = strawberry.field(description="Why the event should not count; at most 2,000 characters.")
    evidence: list[str] | None = strawberry.field(
        default=None,
        description="Addresses (https) of what shows it, at most 10 of 500 characters. Whoever may see the appeal sees them, "
        "the brand concerned too; the service does not open them.",
    )


@strawberry.input(description="The decision on an appeal.")
class DecideAppealInput:
    """Which, and how."""

    appeal_id: Id = strawberry.field(description="Global id of the appeal.")
    decision: AppealDecision = strawberry.field(description="Whether the creator is right.")
    answer: str | None = strawberry.field(
        default=None, description="The grounds, for the creator and the brand concerned: required, at most 2,000 characters."
    )


@strawberry.type(description="The result of a change to an appeal.")
class AppealPayload:
    """What came of it."""

    appeal: Appeal | None = node("The updated appeal; null if nothing was done.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was done; empty on success.")


async def contest_event(info: Info, input: Annotated[ContestEventInput, INPUT]) -> AppealPayload:
    """Contest an event of the viewer's own; another's is as if it were not there.

    Until the appeal is decided new reason and evidence replace the old ones; afterwards they are refused.
    """
    context = allowed(info, Permission.CONTEST)
    creator, reason = context.viewer.creator, text("reason", input.reason)
    kind, own_id = local_id("subjectId", input.subject_id, *CONTESTABLE)
    if reason is None:
        raise Refusal("reason", "REQUIRED", "reason is empty; explain why the event should not count as it does")
    objection = Objection(creator or "", kind, own_id, reason, addresses(input.evidence or []))
    due = context.now + context.state.settings.appeal_days * DAY
    found = await written(context, contested, objection, now=context.now, due=due)
    if found is None:
        raise Refusal(
            "subjectId",
            "NOT_FOUND",
            f"no event of this creator has the id {input.subject_id!r}; `Creator.contestable` lists those that there are",
        )
    if (found.reason, found.evidence) != (reason, objection.evidence):
        return AppealPayload(appeal=changed("Appeal", found.id), user_errors=[_already(found, "reason")])
    return AppealPayload(appeal=changed("Appeal", found.id))


async def decide_appeal(info: Info, input: Annotated[DecideAppealInput, INPUT]) -> AppealPayload:
    """Decide a pending appeal; one that was decided the other way stays as it is."""
    context = allowed(info, Permission.DECIDE_APPEALS)
    _, own_id = local_id("appealId", input.appeal_id, "Appeal")
    grounds = text("answer", input.answer)
    if grounds is None:
        raise Refusal(
            "answer", "REQUIRED", "answer is empty; give the grounds of the decision, which the creator and the brand concerned read"
        )
    decision = Decision(own_id, input.decision.name, context.viewer.key_id, grounds)
    found = await written(context, decided, decision, now=context.now)
    if found is None:
        raise Refusal("appealId", "NOT_FOUND", f"no appeal has the id {input.appeal_id!r}; `appeals` lists them")
    if found.status != input.decision.name:
        return AppealPayload(appeal=changed("Appeal", found.id), user_errors=[_already(found, "decision")])
    return AppealPayload(appeal=changed("Appeal", found.id))


def addresses(given: Sequence[str]) -> tuple[str, ...]:
    """Return addresses of evidence without blanks around them, each once; Refusal for what is none, or too many."""
    found = tuple(dict.fromkeys(each.strip() for each in given))
    if len(found) > MOST_ADDRESSES:
        raise Refusal("evidence", "TOO_MANY", f"evidence has {len(found)} addresses; give at most {MOST_ADDRESSES}")
    for each in found:
        if len(each) > LONGEST_ADDRESS or not ADDRESS.fullmatch(each):
            raise Refusal(
                "evidence",
                "INVALID",
                f"evidence: {each[:60]!r} is not an address of https with a host, without blanks, of at most {LONGEST_ADDRESS} characters; "
                "put the file or picture where it can be read, and give its address",
            )
    return found


def _already(found: Kept, field: str) -> UserError:
    message = f"the appeal has already been decided ({found.status}), and a decision is final; `appeal` is as it stands"
    return UserError(field=field, code="ALREADY_DECIDED", message=message)


@strawberry.type
class Mutation:
    """Appeals."""

    contest_event = mutation(
        AppealPayload,
        contest_event,
        description="As a creator, contest one of your sales, contents, collaborations or flags. Until the appeal is decided, "
        "new reason and evidence replace the first; afterwards, they are refused (`ALREADY_DECIDED`). Repeating it has no "
        "effect.",
    )
    decide_appeal = mutation(AppealPayload, decide_appeal, description="As an administrator, decide a pending appeal.")
