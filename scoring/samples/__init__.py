"""What a brand may expect of samples that creators ask for, learnt from the brand's own samples alone, and rules that decide by it."""

from __future__ import annotations

from scoring.samples.estimates import Estimates, Terms, costs, estimates
from scoring.samples.fit import FEWEST, SampleFit
from scoring.samples.history import SALES_DAYS, Samples
from scoring.samples.quality import Learnt, Quality, learnt
from scoring.samples.rule import SPAN, Conditions, Queue, Rule, approvals
from scoring.samples.trial import Outcome, Trial, trial

__all__ = [
    "FEWEST",
    "SALES_DAYS",
    "SPAN",
    "Conditions",
    "Estimates",
    "Learnt",
    "Outcome",
    "Quality",
    "Queue",
    "Rule",
    "SampleFit",
    "Samples",
    "Terms",
    "Trial",
    "approvals",
    "costs",
    "estimates",
    "learnt",
    "trial",
]
