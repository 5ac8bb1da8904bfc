"""Scoring runs: scorecards stored, published in one step, followed by readers, and dropped when old."""

from graph.runs.appeals import store_appeals
from graph.runs.building import Building, begin, clean, retain
from graph.runs.cards import FORECAST_ORDINAL, TOP, UNPLACED, Cards, scorecard_properties
from graph.runs.current import CurrentRun
from graph.runs.errors import RunError, RunLost, RunOutdated
from graph.runs.flags import Flags, store_flags
from graph.runs.forecast_places import place_by_forecast
from graph.runs.forecasts import ForecastMethod, Forecasts, forecasts_of, store_forecast_method, store_forecasts
from graph.runs.history import PastRun, PastScore, past_scores, store_history, thin
from graph.runs.jobs import (
    LAST_PHASES,
    START,
    InTheWay,
    Job,
    JobStatus,
    advance_job,
    begin_job,
    cancel_job,
    claim,
    end_job,
    is_cancelled,
    newest_job,
)
from graph.runs.pace import FULL, GENTLE, Pace
from graph.runs.predictions import PredictionReader, Predictions, store_predictions
from graph.runs.previous import previous_values
from graph.runs.profiles import KeptProfile, current_profile
from graph.runs.run import Plan, Run, totals_text
from graph.runs.scopes import ALL, OUTWARD, WINDOW, WORLD, card_id, outward_id, scope_key
from graph.runs.signatures import Signatures, store_outward_signatures, store_signatures
from graph.runs.storing import store, totals
from graph.runs.succession import restoration, succession
from graph.runs.taking_back import NotTakenBack, OtherBefore, TakenBack, take_back
from graph.runs.ties import store_ties
from graph.runs.vectors import EVERYWHERE, Vectors, store_vectors, stored_vectors
from graph.runs.waiting import Standing, discard_held, discard_older, publish_held

__all__ = [
    "ALL",
    "EVERYWHERE",
    "FORECAST_ORDINAL",
    "FULL",
    "GENTLE",
    "LAST_PHASES",
    "OUTWARD",
    "START",
    "TOP",
    "UNPLACED",
    "WINDOW",
    "WORLD",
    "Building",
    "Cards",
    "CurrentRun",
    "Flags",
    "ForecastMethod",
    "Forecasts",
    "InTheWay",
    "Job",
    "JobStatus",
    "KeptProfile",
    "NotTakenBack",
    "OtherBefore",
    "Pace",
    "PastRun",
    "PastScore",
    "Plan",
    "PredictionReader",
    "Predictions",
    "Run",
    "RunError",
    "RunLost",
    "RunOutdated",
    "Signatures",
    "Standing",
    "TakenBack",
    "Vectors",
    "advance_job",
    "begin",
    "begin_job",
    "cancel_job",
    "card_id",
    "claim",
    "clean",
    "current_profile",
    "discard_held",
    "discard_older",
    "end_job",
    "forecasts_of",
    "is_cancelled",
    "newest_job",
    "outward_id",
    "past_scores",
    "place_by_forecast",
    "previous_values",
    "publish_held",
    "restoration",
    "retain",
    "scope_key",
    "scorecard_properties",
    "store",
    "store_appeals",
    "store_flags",
    "store_forecast_method",
    "store_forecasts",
    "store_history",
    "store_outward_signatures",
    "store_predictions",
    "store_signatures",
    "store_ties",
    "store_vectors",
    "stored_vectors",
    "succession",
    "take_back",
    "thin",
    "totals",
    "totals_text",
]
