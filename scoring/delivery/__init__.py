"""Whether a creator posts for a sample in time: a probability, learnt on samples whose time is over, with its reasons."""

from __future__ import annotations

from scoring.delivery.covariates import COLUMNS, WITH_BRAND, Column
from scoring.delivery.delivery import Answers, Delivery, Model, answers, delivery
from scoring.delivery.quality import Bin, Quality
from scoring.delivery.regression import Regression

__all__ = ["COLUMNS", "WITH_BRAND", "Answers", "Bin", "Column", "Delivery", "Model", "Quality", "Regression", "answers", "delivery"]
