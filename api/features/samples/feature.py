"""Samples that creators apply for: what awaits the brand, decisions, and rules."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.samples.inbox import sample_inbox, sample_requests
from api.features.samples.rule_mutations import Mutation
from api.features.samples.rules import sample_rule_trial, sample_rules

INBOX: Final = Example(
    "Sample applications that await you, the most profitable first (decide with the mutation decideSamples)",
    """
query SampleInbox {
  viewer {
    brands {
      name
      sampleInbox(undecided: true, sort: PROFIT, direction: DESC, terms: {margin: 0.6, shippingUsd: 4}, first: 10) {
        asOf
        undecided
        waitingForExport
        terms { margin costShare shippingUsd basis }
        model { basis samples share tested covered error meanError }
        nodes {
          collaboration { id }
          creator { handle }
          product { title }
          dueAt
          secondsLeft
          applications
          gap
          verdict
          expectation {
            delivery { probability low high basis }
            orders { expected low high }
            netUsd { expected low high }
            costUsd
            profitUsd
            lossChance
            reasons { name text value }
          }
        }
      }
    }
  }
}
""",
)

TRIAL: Final = Example(
    "A rule tried on the past before it is switched on, and the rules that you keep",
    """
query SampleRules {
  viewer {
    brands {
      name
      sampleRules { ruleId name on conditions { minProbability minProfitUsd } }
      sampleRuleTrial(conditions: {minProbability: 0.6, maxLossChance: 0.7, perCreator: 1}) {
        applications
        judged
        approves
        rule { samples profitUsd lowUsd highUsd }
        actual { samples profitUsd }
        differenceLowUsd
        differenceHighUsd
        regretUsd
        unknown { samples expectedProfitUsd }
      }
    }
  }
}
""",
)

REQUESTS: Final = Example(
    "Your decisions as requests of the platform's partner API",
    """
query SampleRequests {
  viewer { brands { name sampleRequests(exported: true) { method path body exportedAt } } }
}
""",
)

EXAMPLES: Final[Examples] = {"partner": (INBOX, TRIAL, REQUESTS), "brand": (INBOX, TRIAL, REQUESTS)}


FEATURE: Final = Feature(
    fields={
        ("Brand", "sampleInbox"): sample_inbox,
        ("Brand", "sampleRequests"): sample_requests,
        ("Brand", "sampleRules"): sample_rules,
        ("Brand", "sampleRuleTrial"): sample_rule_trial,
    },
    lasting=True,
    costs={"sampleInbox": 100, "sampleRuleTrial": 100, "sampleRequests": 5, "sampleRules": 5},
    examples=EXAMPLES,
    mutation=Mutation,
)
