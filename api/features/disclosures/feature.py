"""The audit log, as creators and administrators read it."""

from __future__ import annotations

from typing import Final

from api.features.disclosures.disclosures import all_of_them, of_creator
from api.features.disclosures.types import Query
from api.features.disclosures.verification import audit_verification
from api.features.example import Example, Examples
from api.features.feature import Feature
from api.graphql.execution.field_context import Computed

LOOKED: Final = Example(
    "Who looked at your scores",
    """
query Looked {
  viewer {
    creator {
      disclosures(first: 20) {
        nodes { at channel scope operation times role holder brands { name } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
""",
)

LOG: Final = Example(
    "Who was shown scores last",
    """
query Shown {
  disclosures(first: 20) {
    nodes { at index channel scope operation times role holder keyId creators { handle } }
    pageInfo { hasNextPage endCursor }
  }
}
""",
)

VERIFIED: Final = Example(
    "Whether the audit log is as it was written",
    """
query Verified {
  auditVerification { sound entries firstKept problemCount problems checkedAt }
}
""",
)

EXAMPLES: Final[Examples] = {"creator": (LOOKED,), "admin": (LOG, VERIFIED)}

FIELDS: Final[dict[tuple[str, str], Computed]] = {
    ("Creator", "disclosures"): of_creator,
    ("Query", "disclosures"): all_of_them,
    ("Query", "auditVerification"): audit_verification,
}

FEATURE: Final = Feature(
    shows_scores=False,
    fields=FIELDS,
    fleeting=dict.fromkeys(FIELDS, "the log grows with what is shown, whether or not the data change"),
    costs={"disclosures": 50, "auditVerification": 5_000},
    sizes={("Disclosure", "creators"): 20},
    examples=EXAMPLES,
    query=Query,
)
