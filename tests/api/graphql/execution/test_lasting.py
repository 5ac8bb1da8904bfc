from __future__ import annotations

import pytest

from api.features.catalogue import COMPUTED, FEATURES, LASTING
from api.graphql.cost.limits import Limits
from api.graphql.execution.lasting import lasting
from api.graphql.execution.operations import operation
from api.graphql.execution.request import GraphQLRequest


def test_every_computed_field_says_whether_its_answer_may_be_kept() -> None:
    fleeting = {place for each in FEATURES for place in each.fleeting}
    assert fleeting | LASTING == set(COMPUTED)
    assert not fleeting & LASTING
    assert all(reason for each in FEATURES for reason in each.fleeting.values())


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("{ __typename }", True),
        ("{ creators { nodes { id lookalikes { similarity } } } }", True),
        ('{ cypher(query: "RETURN 1 AS one") { rows } }', False),
        ('{ brands { nodes { id } } explainCypher(query: "RETURN 1 AS one") { allowed } }', False),
        ('{ ...F } fragment F on Query { runSavedQuery(name: "a") { rows } }', False),
        ("mutation { setSalesConsent(input: {consent: true}) { userErrors { code } } }", False),
    ],
)
def test_an_operation_lasts_as_its_fields_do(query: str, kept: bool) -> None:
    assert lasting(operation(GraphQLRequest(query), Limits())) is kept
