"""Operations of ours, answered by the scores of a run that need not be the current one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from api.access.viewer import Viewer
from api.graphql.execution.operations import operation
from api.graphql.execution.request import GraphQLRequest, ReadState
from api.graphql.execution.roots import Reading
from api.graphql.execution.variables import variables
from graph.plans.parts import Failure
from graph.runs.run import Run


@dataclass(frozen=True, slots=True)
class AnswersAsOf:
    """Answers operations of ours by a run's scores."""

    viewer: Viewer
    state: ReadState

    async def __call__(self, text: str, values: Mapping[str, Any], run: Run | None) -> Mapping[str, Any]:
        """Return the root fields of an operation, by no scores without a run; the error of one that cannot be answered is raised."""
        asked = operation(GraphQLRequest(text), self.state.limits)
        now = Reading.of(asked, variables(asked.definition, values), self.viewer, self.state)
        reading = replace(now, run=run, inputs=replace(now.inputs, run=run))
        found = {key: await reading.answer(key, nodes) for key, nodes in reading.roots().items()}
        for each in found.values():
            if isinstance(each, Failure):
                raise each.error
        return found
